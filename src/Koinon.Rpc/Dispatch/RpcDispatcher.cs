using System.Buffers;
using System.Text.Json;
using Koinon.Rpc.Json;
using Microsoft.Extensions.Logging;

namespace Koinon.Rpc.Dispatch;

/// <summary>Answers JSON-RPC 2.0: single requests, batches and notifications, from any transport.</summary>
/// <param name="methods">The methods that are served.</param>
/// <param name="limits">What one caller may ask at once.</param>
/// <param name="logger">Gets what a method threw; a method throws only by a defect.</param>
/// <remarks>
/// Thread-safe: bodies are answered independently of each other, the items of a batch in their order.
/// </remarks>
public sealed partial class RpcDispatcher(RpcMethodTable methods, RpcLimits limits, ILogger<RpcDispatcher> logger)
{
    /// <summary>What one caller may ask at once.</summary>
    public RpcLimits Limits => limits;

    /// <summary>Answers a body.</summary>
    /// <param name="body">JSON text in UTF-8.</param>
    /// <param name="output">Where the answer goes; nothing where there were only notifications.</param>
    /// <param name="cancellation">Ends when the caller has gone.</param>
    public async ValueTask AnswerAsync(
        ReadOnlyMemory<byte> body, IBufferWriter<byte> output, CancellationToken cancellation)
    {
        using JsonDocument? document = Parse(body, out RpcError? error);
        using Utf8JsonWriter writer = new(output, RpcJson.WriterOptions);
        if (document is null)
        {
            WriteError(writer, default, error!);
        }
        else if (document.RootElement.ValueKind == JsonValueKind.Array)
        {
            await AnswerBatchAsync(document.RootElement, writer, cancellation).ConfigureAwait(false);
        }
        else
        {
            await AnswerOneAsync(document.RootElement, writer, cancellation).ConfigureAwait(false);
        }
    }

    private JsonDocument? Parse(ReadOnlyMemory<byte> body, out RpcError? error)
    {
        error = null;
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = limits.DepthMax });
        }
        catch (JsonException reason)
        {
            error = new RpcError(RpcErrorCode.Parse, $"parse error: {reason.Message}");
            return null;
        }
    }

    private async ValueTask AnswerBatchAsync(JsonElement batch, Utf8JsonWriter writer, CancellationToken cancellation)
    {
        int count = batch.GetArrayLength();
        if (count == 0)
        {
            WriteError(writer, default, new RpcError(RpcErrorCode.InvalidRequest, "empty batch"));
            return;
        }

        if (count > limits.BatchItemsMax)
        {
            string message = $"batch too large: {count} requests, at most {limits.BatchItemsMax} are answered";
            WriteError(writer, default, new RpcError(RpcErrorCode.InvalidRequest, message));
            return;
        }

        bool isOpen = false;
        foreach (JsonElement request in batch.EnumerateArray())
        {
            if (!isOpen && !IsNotification(request))
            {
                writer.WriteStartArray();
                isOpen = true;
            }

            await AnswerOneAsync(request, writer, cancellation).ConfigureAwait(false);
        }

        if (isOpen)
        {
            writer.WriteEndArray();
        }
    }

    private async ValueTask AnswerOneAsync(JsonElement request, Utf8JsonWriter writer, CancellationToken cancellation)
    {
        JsonElement id = default;
        if (request.ValueKind == JsonValueKind.Object)
        {
            request.TryGetProperty("id"u8, out id);
        }

        RpcError? error = Check(request, id, out RpcMethod? method, out JsonElement parameters);
        ArrayBufferWriter<byte> result = new();
        if (error is null)
        {
            using Utf8JsonWriter value = new(result, RpcJson.WriterOptions);
            error = await InvokeAsync(method!, parameters, value, cancellation).ConfigureAwait(false);
        }

        if (IsNotification(request))
        {
            return;
        }

        long length = writer.BytesCommitted + writer.BytesPending + result.WrittenCount;
        if (error is null && length > limits.ResponseBytesMax)
        {
            string message = $"response too large: more than {limits.ResponseBytesMax} bytes; ask for less at once";
            error = new RpcError(RpcErrorCode.ResponseTooLarge, message);
        }

        if (error is not null)
        {
            WriteError(writer, id, error);
            return;
        }

        WriteStart(writer, id);
        writer.WritePropertyName("result"u8);
        writer.WriteRawValue(result.WrittenSpan, skipInputValidation: true);
        writer.WriteEndObject();
    }

    /// <summary>What is wrong with a request before its parameters are read.</summary>
    private RpcError? Check(JsonElement request, JsonElement id, out RpcMethod? method, out JsonElement parameters)
    {
        method = null;
        parameters = default;
        if (request.ValueKind != JsonValueKind.Object)
        {
            return Invalid("a request is an object");
        }

        if (id.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.True or JsonValueKind.False)
        {
            return Invalid("id is a number, a string or null");
        }

        if (request.TryGetProperty("jsonrpc"u8, out JsonElement version)
            && (version.ValueKind != JsonValueKind.String || !version.ValueEquals("2.0"u8)))
        {
            return Invalid("jsonrpc is \"2.0\"");
        }

        if (!request.TryGetProperty("method"u8, out JsonElement name) || name.ValueKind != JsonValueKind.String)
        {
            return Invalid("method is a string");
        }

        request.TryGetProperty("params"u8, out parameters);
        string wanted = name.GetString()!;
        method = methods.Find(wanted);
        return method is null
            ? new RpcError(RpcErrorCode.MethodNotFound, $"the method {Shorten(wanted)} does not exist/is not available")
            : null;
    }

    private async ValueTask<RpcError?> InvokeAsync(
        RpcMethod method, JsonElement parameters, Utf8JsonWriter value, CancellationToken cancellation)
    {
        try
        {
            return await method.InvokeAsync(parameters, value, cancellation).ConfigureAwait(false);
        }
        catch (Exception reason) when (!cancellation.IsCancellationRequested)
        {
            // The edge of a request: what arrives here is a defect, and the next request must not suffer from it.
            LogDefect(logger, reason, method.Name);
            return new RpcError(RpcErrorCode.Internal, "method handler crashed");
        }
    }

    private static bool IsNotification(JsonElement request) =>
        request.ValueKind == JsonValueKind.Object && !request.TryGetProperty("id"u8, out _);

    private static RpcError Invalid(string message) => new(RpcErrorCode.InvalidRequest, "invalid request: " + message);

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..77] + "...";

    private static void WriteStart(Utf8JsonWriter writer, JsonElement id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WritePropertyName("id"u8);
        if (id.ValueKind is JsonValueKind.Number or JsonValueKind.String)
        {
            id.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void WriteError(Utf8JsonWriter writer, JsonElement id, RpcError error)
    {
        WriteStart(writer, id);
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, error.Code);
        writer.WriteString("message"u8, error.Message);
        if (error.Data is { } data)
        {
            writer.WriteString("data"u8, Primitives.Hex.Encode(data.Span));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed")]
    private static partial void LogDefect(ILogger logger, Exception reason, string method);
}
