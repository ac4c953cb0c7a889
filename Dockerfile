# The image: models inside, another user than root, no network at start; nothing is written outside /tmp and the volume
# that keeps stored glossaries.
#
#   docker build -t presseschau .
#   docker run --read-only --tmpfs /tmp -v presseschau:/var/lib/presseschau -p 127.0.0.1:8080:8080 -e PRESSESCHAU_API_KEYS=<digest> presseschau
#
# `presseschau key` makes a key and its digest. Without one the service refuses to listen on the container's public address.

FROM python:3.11-slim AS build
WORKDIR /presseschau
RUN python -m venv /environment
COPY pyproject.toml constraints.txt ./
COPY service service
RUN /environment/bin/pip install --no-cache-dir --constraint constraints.txt --editable . \
 && /environment/bin/python -m compileall -q service

FROM python:3.11-slim
RUN useradd --system --no-create-home --shell /usr/sbin/nologin presseschau \
 && install -d -o presseschau -m 700 /var/lib/presseschau
COPY --from=build /environment /environment
COPY --from=build /presseschau /presseschau
WORKDIR /presseschau
COPY openapi.yaml README.md ./
COPY seeds seeds
COPY models models
ENV PATH=/environment/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PRESSESCHAU_HOST=0.0.0.0 \
    PRESSESCHAU_DATABASE=sqlite:////var/lib/presseschau/presseschau.sqlite3
VOLUME /var/lib/presseschau
USER presseschau
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/readyz', timeout=2)"]
CMD ["presseschau", "serve"]
