#include "window/commands.hpp"

#include <QCoreApplication>
#include <QSettings>

namespace ringside::window {

namespace {

QString setting_of(const QAction& action) { return QStringLiteral("keys/") + action.objectName(); }

}  // namespace

QAction* Commands::add(const char* id, const char* text, const QKeySequence& key, QMenu* menu,
                       std::function<void()> run) {
  auto* action = new QAction{this};
  action->setObjectName(QLatin1String{id});
  action->setProperty("english", QString::fromUtf8(text));
  action->setText(QCoreApplication::translate("Command", text));
  action->setProperty("standard", QVariant::fromValue(key));
  action->setShortcut(key);
  action->setShortcutContext(Qt::WindowShortcut);
  connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
  owner_->addAction(action);
  if (menu) menu->addAction(action);
  actions_.push_back(action);
  return action;
}

QAction* Commands::find(const char* id) const {
  for (QAction* action : actions_)
    if (action->objectName() == QLatin1String{id}) return action;
  return nullptr;
}

void Commands::retranslate() {
  for (QAction* action : actions_) {
    const QByteArray english = action->property("english").toString().toUtf8();
    action->setText(QCoreApplication::translate("Command", english.constData()));
  }
}

QKeySequence Commands::standard_key(const QAction& action) {
  return action.property("standard").value<QKeySequence>();
}

QAction* Commands::owner_of(const QKeySequence& key, const QAction* but) const {
  for (QAction* action : actions_)
    if (action != but && !key.isEmpty() && action->shortcut() == key) return action;
  return nullptr;
}

void Commands::set_key(QAction& action, const QKeySequence& key) {
  action.setShortcut(key);
  QSettings settings;
  if (key == standard_key(action))
    settings.remove(setting_of(action));
  else
    settings.setValue(setting_of(action), key.toString(QKeySequence::PortableText));
}

void Commands::recall_keys() {
  const QSettings settings;
  for (QAction* action : actions_)
    if (const QVariant key = settings.value(setting_of(*action)); key.isValid())
      action->setShortcut(QKeySequence::fromString(key.toString(), QKeySequence::PortableText));
}

}  // namespace ringside::window
