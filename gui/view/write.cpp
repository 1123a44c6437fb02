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

QImage painted(const Picture& picture, Theme theme, double scale) {
  QImage image{(picture.size * scale).toSize(), QImage::Format_RGB32};
  image.setDevicePixelRatio(scale);
  image.fill(colour(Token::ground, theme));
  QPainter painter{&image};
  paint(painter, picture, theme);
  return image;
}

QByteArray png(const QImage& image) {
  QByteArray bytes;
  QBuffer buffer{&bytes};
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return bytes;
}

QString save(const QString& file, const QByteArray& bytes) {
  QSaveFile out{file};
  if (!out.open(QIODevice::WriteOnly)) return QStringLiteral("%1: %2").arg(file, out.errorString());
  out.write(bytes);
  if (!out.commit()) return QStringLiteral("%1: %2").arg(file, out.errorString());
  return {};
}

}  // namespace

bool names_picture(const QString& file) {
  const QString ending = QFileInfo{file}.suffix().toLower();
  return ending == QLatin1String{"svg"} || ending == QLatin1String{"png"} || ending == QLatin1String{"json"};
}

std::function<QString()> writing(const QString& file, const Picture& picture, Theme theme, double scale) {
  const QString ending = QFileInfo{file}.suffix().toLower();
  if (ending == QLatin1String{"svg"})
    return [file, bytes = svg(picture, theme)] { return save(file, bytes); };
  if (ending == QLatin1String{"png"})
    return [file, image = painted(picture, theme, scale)] { return save(file, png(image)); };
  if (ending == QLatin1String{"json"})
    return [file, bytes = QByteArray::fromStdString(describe(picture))] { return save(file, bytes); };
  return [file] { return QStringLiteral("%1: a picture is written as .svg, .png or .json").arg(file); };
}

QString write(const QString& file, const Picture& picture, Theme theme, double scale) {
  return writing(file, picture, theme, scale)();
}

}  // namespace ringside::view
