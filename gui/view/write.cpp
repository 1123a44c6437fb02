#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QSaveFile>
#include <QSvgGenerator>

#include "view/describe.hpp"
#include "view/paint.hpp"

namespace ringside::view {

namespace {

QByteArray svg(const Picture& picture, Theme theme) {
  QByteArray bytes;
  QBuffer buffer{&bytes};
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(picture.size.toSize());
  generator.setViewBox(QRectF{{0, 0}, picture.size});
  generator.setResolution(96);
  generator.setTitle(QStringLiteral("Ringside"));
  QPainter painter{&generator};
  painter.fillRect(QRectF{{0, 0}, picture.size}, colour(Token::ground, theme));
  paint(painter, picture, theme);
  painter.end();
  return bytes;
}

QByteArray png(const Picture& picture, Theme theme, double scale) {
  QImage image{(picture.size * scale).toSize(), QImage::Format_RGB32};
  image.setDevicePixelRatio(scale);
  image.fill(colour(Token::ground, theme));
  QPainter painter{&image};
  paint(painter, picture, theme);
  painter.end();
  QByteArray bytes;
  QBuffer buffer{&bytes};
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return bytes;
}

}  // namespace

QString write(const QString& file, const Picture& picture, Theme theme, double scale) {
  const QString ending = QFileInfo{file}.suffix().toLower();
  QByteArray bytes;
  if (ending == QLatin1String{"svg"})
    bytes = svg(picture, theme);
  else if (ending == QLatin1String{"png"})
    bytes = png(picture, theme, scale);
  else if (ending == QLatin1String{"json"})
    bytes = QByteArray::fromStdString(describe(picture));
  else
    return QStringLiteral("%1: a picture is written as .svg, .png or .json").arg(file);
  QSaveFile out{file};
  if (!out.open(QIODevice::WriteOnly)) return QStringLiteral("%1: %2").arg(file, out.errorString());
  out.write(bytes);
  if (!out.commit()) return QStringLiteral("%1: %2").arg(file, out.errorString());
  return {};
}

}  // namespace ringside::view
