# Every product's API: docker build -f docker/api.Dockerfile --build-arg PRODUCT=bestays .
FROM node:26-slim AS build
ARG PRODUCT
WORKDIR /workspace
RUN npm install --global pnpm@12.21.0
# The store fills from the lockfile alone, so a change of sources downloads nothing.
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY patches patches
RUN pnpm fetch
COPY . .
# Built by the image's own Node: the code that one release compiles is of no use to another.
RUN test -n "$PRODUCT" && pnpm install --offline --frozen-lockfile && cd "apps/$PRODUCT-api" && node ../../scripts/build.ts

FROM node:26-slim
ARG PRODUCT
ENV NODE_ENV=production ENVIRONMENT=production HOST=0.0.0.0 PORT=8000
WORKDIR /app
COPY --from=build /workspace/apps/$PRODUCT-api/dist .
USER node
EXPOSE 8000 9464
HEALTHCHECK --interval=5s --timeout=4s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8000/api/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "main.js"]
