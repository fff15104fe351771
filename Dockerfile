FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY simulator/package.json ./simulator/
# Install scripts would only fetch another Node, and the image has one.
RUN npm ci --ignore-scripts
COPY tsconfig.json rolldown.config.ts ./
COPY src ./src
# By its file: `npm run` would look for Node among the dependencies first.
RUN node node_modules/rolldown/bin/cli.mjs -c rolldown.config.ts && npm ci --omit=dev --ignore-scripts

FROM node:24-slim
# Git merges what GitHub has not merged yet; see MIRROR_DIR.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates git \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node /var/lib/firebreak
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY app.yml LICENSE ./
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 \
  MIRROR_DIR=/var/lib/firebreak/mirrors CACHE_DIR=/var/lib/firebreak/files JOURNAL=/var/lib/firebreak/journal
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not by npm, which would keep the signals to itself.
CMD ["node", "dist/server.js"]
