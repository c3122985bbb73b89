using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Koinon.Rpc.Dispatch;
using Microsoft.AspNetCore.Http;

namespace Koinon.Rpc.Http;

/// <summary>JSON-RPC over HTTP: a POST with a request or a batch, answered in the response's body.</summary>
/// <param name="dispatcher">Answers the bodies.</param>
public sealed class RpcHttpEndpoint(RpcDispatcher dispatcher)
{
    /// <summary>Answers one HTTP request; its origin and host were looked at before.</summary>
    public Task HandleAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method))
        {
            return IsFromAForm(context.Request) ? RefuseFormAsync(context) : AnswerAsync(context);
        }

        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.Headers.AccessControlAllowMethods = "POST, GET, OPTIONS";
            context.Response.Headers.AccessControlAllowHeaders = "*";
            context.Response.Headers.AccessControlMaxAge = "600";
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        context.Response.Headers.Allow = "POST, OPTIONS";
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return context.Response.WriteAsync("JSON-RPC is asked by POST.\n", context.RequestAborted);
    }

    /// <summary>
    /// Whether a browser sent something that it sends without asking first whether it may: no JSON client does.
    /// </summary>
    private static bool IsFromAForm(HttpRequest request) =>
        request.Headers.Origin.Count > 0
        && request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true;

    private static Task RefuseFormAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return context.Response.WriteAsync(
            "invalid content type, only application/json is supported\n", context.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            using Body body = await ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
            await AnswerAsync(context, body).ConfigureAwait(false);
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            // A body that comes too slowly or is cut short: the caller's fault, and no defect to be logged.
            context.Response.StatusCode = fault.StatusCode;
            context.Response.Headers.Connection = "close";
            await context.Response.WriteAsync(fault.Message + "\n", context.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context, Body body)
    {
        context.Response.ContentType = "application/json";
        if (body.IsTooLong)
        {
            // The connection is closed after the answer: what the caller still sends is not read.
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            context.Response.Headers.Connection = "close";
            await context.Response.WriteAsync(TooLong(), Encoding.UTF8, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        using RpcBody read = dispatcher.Read(body.Bytes);
        using HttpOutput answer = new(context.Response);
        try
        {
            await dispatcher.AnswerAsync(read, answer, connection: null, context.RequestAborted).ConfigureAwait(false);
            await answer.CompleteAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (RpcStreamBrokenException)
        {
            context.Abort();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to tell.
        }
    }

    private string TooLong() =>
        $$$"""
        {"jsonrpc":"2.0","id":null,"error":{"code":{{{RpcErrorCode.InvalidRequest}}},
        "message":"request too large: a body has at most {{{dispatcher.Limits.BodyBytesMax}}} bytes"}}

        """;

    private async Task<Body> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        int longest = dispatcher.Limits.BodyBytesMax;
        if (request.ContentLength > longest)
        {
            return Body.TooLong;
        }

        PipeReader reader = request.BodyReader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellation).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = read.Buffer;
            if (buffer.Length > longest)
            {
                return Body.TooLong;
            }

            if (read.IsCompleted)
            {
                Body body = Body.CopyOf(buffer);
                reader.AdvanceTo(buffer.End);
                return body;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>A request's body in a rented array.</summary>
    private readonly struct Body : IDisposable
    {
        private readonly byte[]? _rented;
        private readonly int _length;

        private Body(byte[]? rented, int length, bool isTooLong)
        {
            _rented = rented;
            _length = length;
            IsTooLong = isTooLong;
        }

        public static Body TooLong => new(null, 0, isTooLong: true);

        public bool IsTooLong { get; }

        public ReadOnlyMemory<byte> Bytes => _rented.AsMemory(0, _length);

        public static Body CopyOf(ReadOnlySequence<byte> buffer)
        {
            byte[] rented = ArrayPool<byte>.Shared.Rent((int)buffer.Length);
            buffer.CopyTo(rented);
            return new Body(rented, (int)buffer.Length, isTooLong: false);
        }

        public void Dispose()
        {
            if (_rented is not null)
            {
                ArrayPool<byte>.Shared.Return(_rented);
            }
        }
    }
}
