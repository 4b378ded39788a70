# One image for the code location, the daemon and the webservers; compose.yaml says which of them a container is.
FROM python:3.11-slim

# Only what is no .docx needs LibreOffice.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libreoffice-writer-nogui \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1

COPY orchestration/deployment/requirements.lock orchestration/deployment/requirements.lock
RUN python -m venv .venv \
    && pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes \
        --requirement orchestration/deployment/requirements.lock

COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY orchestration orchestration
COPY dbt_project dbt_project
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable . \
    && python -m compileall -q orchestration

# The program belongs to root and is only read.
RUN useradd --uid 1000 --create-home events \
    && install --directory --owner=events --group=events /reports /warehouse
USER events
ENV EVENTS_REPORTS_DIR=/reports EVENTS_WAREHOUSE_DIR=/warehouse HOME=/tmp
CMD ["events", "--help"]
