/** What stands in the console's place where it was not built. Holds no script and loads nothing. */
export const notBuiltPage = `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>学籍 · 工作台尚未构建</title>
  </head>
  <body>
    <main>
      <h1>工作台尚未构建</h1>
      <p>请在项目目录中运行 <code>npm run console</code>，然后刷新本页。接口 <a href="/graphiql">/graphiql</a> 和 <a href="/check">证书查验</a> 照常可用。</p>
      <h1 lang="en">The console is not built yet</h1>
      <p lang="en">Run <code>npm run console</code> in the folder of the project and load this page again. The graph and the check of certificates are there meanwhile.</p>
    </main>
  </body>
</html>
`;
