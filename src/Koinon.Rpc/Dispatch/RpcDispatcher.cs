using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Unicode;
using Koinon.Rpc.Json;
using Koinon.Storage;
using Microsoft.Extensions.Logging;

namespace Koinon.Rpc.Dispatch;

/// <summary>Answers JSON-RPC 2.0: single requests, batches and notifications, from any transport.</summary>
/// <param name="methods">The methods that are served.</param>
/// <param name="limits">What one caller may ask at once.</param>
/// <param name="logger">Gets what a method threw; a method throws only by a defect.</param>
/// <param name="metrics">Counts and measures; nobody does where it is left out.</param>
/// <remarks>
/// Thread-safe: bodies are answered independently of each other. The answers of a batch stand in the order of its
/// requests; reads among them that wait for something wait at the same time, everything else is done in its order.
/// </remarks>
public sealed partial class RpcDispatcher(
    RpcMethodTable methods, RpcLimits limits, ILogger<RpcDispatcher> logger, RpcMetrics? metrics = null)
{
    /// <summary>Most reads of one batch that wait at the same time.</summary>
    private const int WaitingReadsMax = 32;

    /// <summary>The name of the traces of requests (OpenTelemetry).</summary>
    public const string ActivitySourceName = RpcTrace.SourceName;

    /// <summary>What requests are counted under that ask for no method that is served.</summary>
    private const string Unserved = "unknown";

    private RpcMethodTable _methods = methods;

    /// <summary>Whether anybody receives the traces of requests.</summary>
    public static bool IsTraced => RpcTrace.IsReceived;

    /// <summary>What one caller may ask at once.</summary>
    public RpcLimits Limits => limits;

    /// <summary>The methods that are served.</summary>
    public RpcMethodTable Methods => Volatile.Read(ref _methods);

    /// <summary>Serves other methods from now on; requests that were taken apart keep those they found.</summary>
    public void Serve(RpcMethodTable others) => Volatile.Write(ref _methods, others);

    /// <summary>Takes a body apart.</summary>
    /// <param name="body">JSON text in UTF-8; it must stay as it is until what is returned is disposed.</param>
    public RpcBody Read(ReadOnlyMemory<byte> body)
    {
        JsonDocument? document = Parse(body, out RpcError? error);
        if (document is null)
        {
            return new RpcBody(error!);
        }

        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Array)
        {
            return new RpcBody(document, [RpcRequest.Read(root, Methods)], isBatch: false);
        }

        int count = root.GetArrayLength();
        if (count == 0 || count > limits.BatchItemsMax)
        {
            document.Dispose();
            return new RpcBody(new RpcError(
                RpcErrorCode.InvalidRequest,
                count == 0
                    ? "empty batch"
                    : $"batch too large: {count} requests, at most {limits.BatchItemsMax} are answered"));
        }

        RpcMethodTable served = Methods;
        RpcRequest[] requests = new RpcRequest[count];
        int index = 0;
        foreach (JsonElement request in root.EnumerateArray())
        {
            requests[index++] = RpcRequest.Read(request, served);
        }

        return new RpcBody(document, requests, isBatch: true);
    }

    /// <summary>Answers a body from within the process.</summary>
    /// <param name="body">JSON text in UTF-8.</param>
    /// <param name="output">Where the answer goes; nothing where there were only notifications.</param>
    /// <param name="cancellation">Ends when the caller has gone.</param>
    public async ValueTask AnswerAsync(
        ReadOnlyMemory<byte> body, IBufferWriter<byte> output, CancellationToken cancellation)
    {
        using RpcBody read = Read(body);
        using RpcBufferOutput answer = new(output);
        await AnswerAsync(read, answer, connection: null, cancellation).ConfigureAwait(false);
        await answer.CompleteAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Answers a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="output">Where the answer goes; nothing where there were only notifications.</param>
    /// <param name="connection">Where the caller can be told of events, or <see langword="null"/>.</param>
    /// <param name="cancellation">Ends when the caller has gone.</param>
    /// <exception cref="RpcStreamBrokenException">Half an answer was sent, and there is no other half.</exception>
    public async ValueTask AnswerAsync(
        RpcBody body, RpcOutput output, RpcConnection? connection, CancellationToken cancellation)
    {
        output.HeldBytesMax = limits.ResponseBytesMax;
        using Utf8JsonWriter json = new(output, RpcJson.WriterOptions);
        RpcAnswerWriter writer = new(output, json, limits, body.IsBatch);
        if (body.Error is not null)
        {
            RpcAnswerWriter whole = new(output, json, limits, isBatch: false);
            await whole.WriteAsync(default, RpcAnswer.Of(body.Error), cancellation).ConfigureAwait(false);
            return;
        }

        Queue<(RpcRequest Request, Task<RpcAnswer> Answer)>? waiting = null;
        foreach (RpcRequest request in body.Requests)
        {
            if (request.Method is { IsOrdered: true })
            {
                await DrainAsync(writer, waiting, 0, cancellation).ConfigureAwait(false);
            }

            ValueTask<RpcAnswer> answer = InvokeAsync(request, connection, cancellation);
            bool mayWait = body.IsBatch && request.Method is { IsOrdered: false };
            if (waiting is { Count: > 0 } || (mayWait && !answer.IsCompleted))
            {
                (waiting ??= []).Enqueue((request, answer.AsTask()));
                await DrainAsync(writer, waiting, WaitingReadsMax, cancellation).ConfigureAwait(false);
                continue;
            }

            await WriteAsync(writer, request, await answer.ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }

        await DrainAsync(writer, waiting, 0, cancellation).ConfigureAwait(false);
        writer.End();
    }

    /// <summary>Writes the answers of those who wait, in their order, until few enough are left.</summary>
    private async ValueTask DrainAsync(
        RpcAnswerWriter writer,
        Queue<(RpcRequest Request, Task<RpcAnswer> Answer)>? waiting,
        int left,
        CancellationToken cancellation)
    {
        while (waiting is not null && waiting.Count > left)
        {
            (RpcRequest request, Task<RpcAnswer> task) = waiting.Dequeue();
            RpcAnswer answer = await task.ConfigureAwait(false);
            await WriteAsync(writer, request, answer, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteAsync(
        RpcAnswerWriter writer, RpcRequest request, RpcAnswer answer, CancellationToken cancellation)
    {
        if (request.IsNotification)
        {
            return;
        }

        Exception? defect = await writer.WriteAsync(request, answer, cancellation).ConfigureAwait(false);
        if (defect is not null)
        {
            LogDefect(logger, defect, request.Method!.Name);
        }
    }

    private ValueTask<RpcAnswer> InvokeAsync(
        in RpcRequest request, RpcConnection? connection, CancellationToken cancellation)
    {
        bool isMeasured = metrics is { CountsRequests: true };
        long began = isMeasured ? Stopwatch.GetTimestamp() : 0;
        if (request.Error is not null)
        {
            return new(Measured(Unserved, RpcAnswer.Of(request.Error), began));
        }

        RpcMethod method = request.Method!;
        Activity? activity = RpcTrace.Start(method);
        try
        {
            ValueTask<RpcAnswer> answer = method.InvokeAsync(request.Parameters, connection, cancellation);
            if (!answer.IsCompletedSuccessfully)
            {
                return WaitAsync(method, answer, activity, began, cancellation);
            }

            return isMeasured || activity is not null
                ? new(Told(method.Name, answer.Result, activity, began))
                : answer;
        }
        catch (Exception reason) when (!cancellation.IsCancellationRequested)
        {
            return new(Told(method.Name, Crashed(method, reason), activity, began));
        }
    }

    private RpcAnswer Told(string method, RpcAnswer answer, Activity? activity, long began)
    {
        RpcTrace.End(activity, answer);
        return Measured(method, answer, began);
    }

    private RpcAnswer Measured(string method, RpcAnswer answer, long began)
    {
        if (began != 0)
        {
            int code = answer.Error?.Code ?? 0;
            metrics!.Answered(method, code == 0 ? "0" : code.ToString(), Stopwatch.GetElapsedTime(began));
        }

        return answer;
    }

    private async ValueTask<RpcAnswer> WaitAsync(
        RpcMethod method, ValueTask<RpcAnswer> answer, Activity? activity, long began, CancellationToken cancellation)
    {
        using (activity)
        {
            try
            {
                return Told(method.Name, await answer.ConfigureAwait(false), activity, began);
            }
            catch (Exception reason) when (!cancellation.IsCancellationRequested)
            {
                return Told(method.Name, Crashed(method, reason), activity, began);
            }
        }
    }

    /// <summary>
    /// The edge of a request: what arrives here is a defect, and the next request must not suffer from it.
    /// </summary>
    private RpcAnswer Crashed(RpcMethod method, Exception reason)
    {
        if (RpcFailure.ErrorOf(reason) is { } error)
        {
            if (reason is StoreException)
            {
                LogRefused(logger, method.Name, reason.Message);
            }

            return RpcAnswer.Of(error);
        }

        LogDefect(logger, reason, method.Name);
        return RpcAnswer.Of(RpcAnswerWriter.Crashed);
    }

    private JsonDocument? Parse(ReadOnlyMemory<byte> body, out RpcError? error)
    {
        error = null;
        if (!Utf8.IsValid(body.Span))
        {
            error = new RpcError(RpcErrorCode.Parse, "parse error: the body is not UTF-8");
            return null;
        }

        try
        {
            JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = limits.DepthMax });
            if (JsonText.HasBrokenEscapes(body.Span))
            {
                document.Dispose();
                error = new RpcError(RpcErrorCode.Parse, "parse error: an escape stands for half a character");
                return null;
            }

            return document;
        }
        catch (JsonException reason)
        {
            bool isTooDeep = reason.Message.Contains("maximum configured depth", StringComparison.Ordinal);
            error = new RpcError(RpcErrorCode.Parse, isTooDeep
                ? $"parse error: nested too deeply: at most {limits.DepthMax} levels are read"
                : "parse error: " + JsonText.Shorten(reason.Message));
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string method, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed")]
    private static partial void LogDefect(ILogger logger, Exception reason, string method);
}
