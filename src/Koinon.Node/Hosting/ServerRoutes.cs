using System.Buffers;
using Koinon.Node.Metrics;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Http;
using Koinon.Rpc.WebSockets;
using Microsoft.AspNetCore.Http;

namespace Koinon.Node.Hosting;

/// <summary>Which part of the server answers a request.</summary>
internal sealed class ServerRoutes(RpcDispatcher dispatcher, RpcServerOptions options, CancellationToken stopping)
{
    private readonly RpcHttpEndpoint _http = new(dispatcher);
    private readonly RpcWebSocketEndpoint _webSockets = new(dispatcher, options.Conversations, stopping);
    private readonly OriginPolicy _origins =
        new(options.AllowedOrigins, options.AllowedHosts, options.AnnouncesOrigins);

    /// <summary>Answers a request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        if (_origins.Refuse(context) is { } stranger)
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, stranger);
        }

        string method = context.Request.Method;
        if ((HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) && PageOf(context.Request.Path) is { } page)
        {
            return page(context);
        }

        if (options.Authorise?.Invoke(context.Request) is { } unknown)
        {
            return RefuseAsync(context, StatusCodes.Status401Unauthorized, unknown);
        }

        return context.WebSockets.IsWebSocketRequest
            ? _webSockets.HandleAsync(context)
            : _http.HandleAsync(context);
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason + "\n", context.RequestAborted);
    }

    private Func<HttpContext, Task>? PageOf(PathString path) => path.Value switch
    {
        "/health/live" or "/health" => static context => context.Response.WriteAsync("live\n", context.RequestAborted),
        "/health/ready" => AnswerReadyAsync,
        "/metrics" when options.Metrics is not null => AnswerMetricsAsync,
        _ => null,
    };

    private Task AnswerReadyAsync(HttpContext context) => options.Unready?.Invoke() is { } reason
        ? RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, reason)
        : context.Response.WriteAsync("ready\n", context.RequestAborted);

    private async Task AnswerMetricsAsync(HttpContext context)
    {
        context.Response.ContentType = PrometheusExporter.ContentType;
        ArrayBufferWriter<byte> text = new();
        options.Metrics!.WriteTo(text);
        context.Response.ContentLength = text.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(text.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }
}
