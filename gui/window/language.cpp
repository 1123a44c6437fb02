#include "window/language.hpp"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

namespace ringside::window {

void speak(path::Language language) {
  // Of the application: they go with it.
  static auto* const ours = new QTranslator{QCoreApplication::instance()};
  static auto* const of_qt = new QTranslator{QCoreApplication::instance()};
  QCoreApplication::removeTranslator(ours);
  QCoreApplication::removeTranslator(of_qt);
  if (language != path::Language::zh_CN) return;
  if (ours->load(QStringLiteral(":/i18n/ringside_zh_CN.qm"))) QCoreApplication::installTranslator(ours);
  if (of_qt->load(QStringLiteral("qtbase_zh_CN"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
    QCoreApplication::installTranslator(of_qt);
}

}  // namespace ringside::window
