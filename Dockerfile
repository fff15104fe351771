# The images that all of this stands on. A tag moves: pin it by its digest, as docs/deploy.md says.
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY simulator/package.json ./simulator/
# Install scripts would only fetch another Node, and the image has one.
RUN npm ci --ignore-scripts
COPY tsconfig.json rolldown.config.ts ./
COPY src ./src
# By its file: `npm run` would look for Node among the dependencies first.
RUN node node_modules/rolldown/bin/cli.mjs -c rolldown.config.ts

# Helm for charts, and kubectl for whoever takes snapshots of a cluster: each is fetched, and compared with the checksum that is given.
FROM ${NODE_IMAGE} AS tools
ARG TARGETARCH=amd64
ARG HELM_VERSION=4.3.1
ARG HELM_SHA256=
ARG KUBECTL_VERSION=1.34.1
ARG KUBECTL_SHA256=
WORKDIR /tools
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates curl && rm -rf /var/lib/apt/lists/*
# Without a checksum of yours that of the publisher is taken, which protects from damage alone.
RUN set -eu; \
  curl -fsSLo helm.tar.gz "https://get.helm.sh/helm-v${HELM_VERSION}-linux-${TARGETARCH}.tar.gz"; \
  sum="${HELM_SHA256:-$(curl -fsSL "https://get.helm.sh/helm-v${HELM_VERSION}-linux-${TARGETARCH}.tar.gz.sha256")}"; \
  echo "${sum%% *}  helm.tar.gz" | sha256sum --check --strict; \
  tar -xzf helm.tar.gz --strip-components=1 "linux-${TARGETARCH}/helm"; \
  curl -fsSLo kubectl "https://dl.k8s.io/release/v${KUBECTL_VERSION}/bin/linux/${TARGETARCH}/kubectl"; \
  sum="${KUBECTL_SHA256:-$(curl -fsSL "https://dl.k8s.io/release/v${KUBECTL_VERSION}/bin/linux/${TARGETARCH}/kubectl.sha256")}"; \
  echo "${sum%% *}  kubectl" | sha256sum --check --strict; \
  chmod 0755 helm kubectl

FROM ${NODE_IMAGE} AS base
# Git merges what GitHub has not merged yet; see MIRROR_DIR.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates git \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node /var/lib/firebreak
WORKDIR /app
COPY --from=build /app/package.json ./
# All that it needs is in it.
COPY --from=build /app/dist ./dist
COPY app.yml LICENSE ./
# Written to: /var/lib/firebreak (the journal, mirrors) and /tmp; nothing else, so that the root may be read-only.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 \
  MIRROR_DIR=/var/lib/firebreak/mirrors CACHE_DIR=/var/lib/firebreak/files JOURNAL=/var/lib/firebreak/journal
# By its number, which a cluster that asks for another than root can check.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not by npm, which would keep the signals to itself.
CMD ["node", "dist/server.js"]

# With `docker build --target render`: also renders charts (render.helm), and has kubectl at hand.
FROM base AS render
COPY --from=tools /tools/helm /tools/kubectl /usr/local/bin/

# What is built unless told otherwise.
FROM base AS server
