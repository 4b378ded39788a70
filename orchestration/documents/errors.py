"""Why a file was refused: one typed error a cause, with a Russian message and remedy for the sender of the report."""

from __future__ import annotations

from typing import ClassVar


class DocumentError(Exception):
    """A file or report that cannot be read.

    ``code`` is a stable English identifier, ``message`` says in Russian what was found and in which file,
    ``remedy`` what to do about it. ``detail`` is the part of the message that differs from file to file.
    """

    code: ClassVar[str] = "document_error"
    message_template: ClassVar[str] = "Файл «{name}» не удалось прочитать: {detail}."
    remedy_template: ClassVar[str] = "Пересохраните отчёт в Word в формате .docx и пришлите его заново."

    def __init__(self, name: str, detail: str = "") -> None:
        super().__init__(name, detail)
        self.name = name
        self.detail = detail

    @property
    def message(self) -> str:
        """What was found, in Russian, with the file's name."""
        return self.message_template.format(name=self.name, detail=self.detail)

    @property
    def remedy(self) -> str:
        """What to do about it, in Russian."""
        return self.remedy_template.format(name=self.name, detail=self.detail)

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


class EmptyFile(DocumentError):
    """The file has no bytes."""

    code = "empty_file"
    message_template = "Файл «{name}» пуст (0 байт)."
    remedy_template = "Скопируйте или пришлите файл заново: при передаче содержимое потерялось."


class TruncatedFile(DocumentError):
    """The file starts as a Word file, but it is cut short or damaged."""

    code = "truncated_file"
    message_template = "Файл «{name}» повреждён или передан не полностью: {detail}."
    remedy_template = "Скопируйте или пришлите файл заново; если он не открывается и в Word, пересохраните исходный."


class NotADocument(DocumentError):
    """The file is something else than a Word document; ``detail`` says what."""

    code = "not_a_document"
    message_template = "Файл «{name}» не является документом Word (.docx): это {detail}."
    remedy_template = "Откройте отчёт в Word, выберите «Сохранить как» → «Документ Word (*.docx)» и пришлите этот файл."


class ConversionUnavailable(DocumentError):
    """The file is of another format, and LibreOffice, which would convert it, is not installed."""

    code = "conversion_unavailable"
    message_template = "Файл «{name}» — это {detail}; прочитать его можно только с LibreOffice, а он не установлен."
    remedy_template = (
        "Сохраните отчёт в Word как «Документ Word (*.docx)» или установите LibreOffice: "
        "«apt-get install --no-install-recommends libreoffice-writer-nogui» (Debian, Ubuntu)."
    )


class ConversionFailed(DocumentError):
    """LibreOffice could not convert the file, or not in time; ``detail`` says what the file is and what happened."""

    code = "conversion_failed"
    message_template = "Файл «{name}» не удалось преобразовать в .docx: это {detail}."
    remedy_template = "Откройте отчёт в Word, выберите «Сохранить как» → «Документ Word (*.docx)» и пришлите этот файл."


class EncryptedDocument(DocumentError):
    """The file is protected by a password."""

    code = "encrypted_document"
    message_template = "Файл «{name}» защищён паролем."
    remedy_template = "Снимите пароль («Файл» → «Сведения» → «Защита документа») и пришлите файл заново."


class TooLarge(DocumentError):
    """The file exceeds a limit of size or complexity; ``detail`` says which."""

    code = "too_large"
    message_template = "Файл «{name}» слишком велик для отчёта: {detail}."
    remedy_template = "Уберите из файла рисунки и вложения или разделите его на несколько файлов."


class UnsafeDocument(DocumentError):
    """The package is built in a way that Word never writes; ``detail`` says how."""

    code = "unsafe_document"
    message_template = "Файл «{name}» устроен небезопасно и не был открыт: {detail}."


class NoReportTable(DocumentError):
    """No table has the headings of a report."""

    code = "no_report_table"
    message_template = "В файле «{name}» нет таблицы отчёта: {detail}."
    remedy_template = (
        "Оформите отчёт таблицей с заголовками столбцов: «№ п/п», «Наименование мероприятия», «Место проведения», "
        "«Сроки проведения», «Цель, содержание и результат», «Участники»."
    )


class NoPeriod(DocumentError):
    """The title does not tell year and quarter."""

    code = "no_period"
    message_template = "В заголовке отчёта «{name}» не указан отчётный квартал: {detail}."
    remedy_template = (
        "Укажите в заголовке квартал и год («в IV квартале 2025 года») или создайте рядом файл «{name}.yml» "
        "со строкой вида «period: 2025-Q4» – со своим годом и кварталом."
    )


class NoRegion(DocumentError):
    """The report does not tell its region."""

    code = "no_region"
    message_template = "В отчёте «{name}» не указан субъект Российской Федерации: {detail}."
    remedy_template = (
        "Укажите регион в заголовке отчёта или создайте рядом файл «{name}.yml» "
        "со строкой «region: Смоленская область»."
    )


class SeveralReports(DocumentError):
    """The file holds reports of several periods or regions; ``detail`` lists them."""

    code = "several_reports"
    message_template = "В файле «{name}» несколько отчётов: {detail}."
    remedy_template = "Сохраните каждый отчёт в отдельный файл."


class PeriodInFuture(DocumentError):
    """The report's quarter has not begun yet."""

    code = "period_in_future"
    message_template = "Период отчёта «{name}» ещё не наступил: {detail}."
    remedy_template = "Исправьте год и квартал в заголовке или укажите верный период в файле «{name}.yml»."


class PeriodTooEarly(DocumentError):
    """The report's quarter lies before the first quarter that the warehouse keeps."""

    code = "period_too_early"
    message_template = "Период отчёта «{name}» раньше начала хранилища: {detail}."
    remedy_template = (
        "Если период указан верно и отчёт нужен, задайте переменную окружения EVENTS_FIRST_QUARTER "
        "(например, 2020-Q1) и запустите загрузку ещё раз."
    )


class OverrideInvalid(DocumentError):
    """The ``<file>.yml`` beside a report cannot be understood; ``detail`` says what stands there."""

    code = "override_invalid"
    message_template = "Файл «{name}.yml» не понят: {detail}."
    remedy_template = "Запишите в него строки «period: 2025-Q4» и «region: Смоленская область» (можно одну из них)."


class FileUnreadable(DocumentError):
    """The file could not be opened; ``detail`` says why."""

    code = "file_unreadable"
    message_template = "Файл «{name}» не удалось открыть: {detail}."
    remedy_template = (
        "Проверьте, что файл на месте и что программе разрешено его читать, затем запустите загрузку ещё раз."
    )
