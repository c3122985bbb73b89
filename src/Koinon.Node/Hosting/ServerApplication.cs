using System.Diagnostics;
using Koinon.Rpc.Dispatch;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Koinon.Node.Hosting;

/// <summary>
/// What Kestrel runs for each request: one handler, without a container of services and what a host brings.
/// </summary>
/// <param name="handler">Answers a request.</param>
internal sealed class ServerApplication(RequestDelegate handler) : IHttpApplication<HttpContext>
{
    /// <inheritdoc/>
    public HttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        // A connection answers its requests with one object, one after another.
        if (contextFeatures is not IHostContextContainer<HttpContext> connection)
        {
            return new DefaultHttpContext(contextFeatures);
        }

        if (connection.HostContext is DefaultHttpContext kept)
        {
            kept.Initialize(contextFeatures);
            return kept;
        }

        return connection.HostContext = new DefaultHttpContext(contextFeatures);
    }

    /// <inheritdoc/>
    public Task ProcessRequestAsync(HttpContext context) =>
        RpcDispatcher.IsTraced && context.Request.Headers[HeaderNames.TraceParent] is [{ Length: > 0 } parent, ..]
            ? ProcessTracedAsync(context, parent)
            : handler(context);

    /// <inheritdoc/>
    public void DisposeContext(HttpContext context, Exception? exception)
    {
        if (context is DefaultHttpContext kept)
        {
            kept.Uninitialize();
        }
    }

    /// <summary>The spans of the request become children of the caller's (W3C Trace Context).</summary>
    private async Task ProcessTracedAsync(HttpContext context, string parent)
    {
        using Activity request = new("http");
        request.SetParentId(parent);
        request.TraceStateString = context.Request.Headers[HeaderNames.TraceState];
        request.Start();
        await handler(context).ConfigureAwait(false);
    }
}
