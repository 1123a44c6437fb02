#include "window/comparison_panel.hpp"

#include <utility>

#include "view/comparison_words.hpp"

namespace ringside::window {

ComparisonPanel::ComparisonPanel(Session& session, QWidget* parent) : Canvas{session, parent} {
  setMinimumSize(420, 240);
  setAccessibleName(tr("Comparison of one packet"));
  connect(&session, &Session::moved, this, &ComparisonPanel::follow);
  connect(&session, &Session::sides_changed, this, [this] { pair_.reset(); });
}

// The picture is of a packet, not of the moment.
void ComparisonPanel::follow() {
  if (session().leading_packet() != shown_packet_) refresh();
}

view::Picture ComparisonPanel::picture(QSizeF size) {
  scene_ = comparison_of(session(), pair_);
  shown_packet_ = session().leading_packet();
  return view::comparison(scene_, size);
}

void ComparisonPanel::clicked(const view::Target& target) {
  const QString what = QString::fromStdString(target.what);
  if (!what.startsWith(QLatin1String{"side "})) return Canvas::clicked(target);
  const auto side = static_cast<std::size_t>(what.mid(5).toUInt());
  std::pair<std::size_t, std::size_t> pair{scene_.first, scene_.second};
  if (side == pair.first || side == pair.second)
    std::swap(pair.first, pair.second);
  else
    pair.second = side;
  pair_ = pair;
  refresh();
}

QString ComparisonPanel::spoken() const { return view::spoken(scene_).join(QLatin1Char{' '}); }

}  // namespace ringside::window
