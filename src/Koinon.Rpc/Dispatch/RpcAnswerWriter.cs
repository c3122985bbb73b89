using System.Buffers;
using System.Text.Json;

namespace Koinon.Rpc.Dispatch;

/// <summary>Writes the answers of one body: each once, in place, behind the one before it.</summary>
/// <param name="output">Where they go.</param>
/// <param name="json">Writes values to the output.</param>
/// <param name="limits">How long they may be together.</param>
/// <param name="isBatch">Whether they stand in an array.</param>
internal sealed class RpcAnswerWriter(RpcOutput output, Utf8JsonWriter json, RpcLimits limits, bool isBatch)
{
    /// <summary>What a caller learns of a defect.</summary>
    public static readonly RpcError Crashed = new(RpcErrorCode.Internal, "method handler crashed");

    private bool _isOpen;

    /// <summary>Writes an answer.</summary>
    /// <returns>What writing its value threw, which is a defect, or <see langword="null"/>.</returns>
    /// <exception cref="RpcStreamBrokenException">Half an answer was sent, and there is no other half.</exception>
    public async ValueTask<Exception?> WriteAsync(
        RpcRequest request, RpcAnswer answer, CancellationToken cancellation)
    {
        if (isBatch)
        {
            output.Write(_isOpen ? ","u8 : "["u8);
            _isOpen = true;
        }

        if (answer.Error is { } error)
        {
            WriteError(request, error);
            return null;
        }

        int start = output.HeldBytes;
        int flushes = output.FlushCount;
        WriteStart(request);
        output.Write(",\"result\":"u8);
        (RpcError? Error, Exception? Defect) failed = answer.Stream is { } body
            ? await StreamAsync(body, cancellation).ConfigureAwait(false)
            : Write(answer);
        if (failed.Error is null && answer.Stream is null && output.HeldBytes > limits.ResponseBytesMax)
        {
            failed.Error = TooLong();
        }

        if (failed.Error is null)
        {
            output.Write("}"u8);
        }
        else if (output.FlushCount != flushes)
        {
            throw new RpcStreamBrokenException(failed.Error.Message, failed.Defect);
        }
        else
        {
            output.Rewind(start);
            WriteError(request, failed.Error);
        }

        return failed.Defect;
    }

    /// <summary>Closes the array of a batch, where one was opened.</summary>
    public void End()
    {
        if (_isOpen)
        {
            output.Write("]"u8);
        }
    }

    private (RpcError? Error, Exception? Defect) Write(RpcAnswer answer)
    {
        try
        {
            json.Reset();
            answer.Write(json);
            json.Flush();
            return (null, null);
        }
        catch (RpcOutputFullException)
        {
            return (TooLong(), null);
        }
        catch (Exception reason)
        {
            return (Crashed, reason);
        }
    }

    private async ValueTask<(RpcError? Error, Exception? Defect)> StreamAsync(
        RpcStreamBody body, CancellationToken cancellation)
    {
        json.Reset();
        RpcValueStream stream = new(json, output, cancellation);
        try
        {
            // A thread of its own: it waits for the reader, and pool threads must not.
            RpcError? error = await Task.Factory.StartNew(
                () => body(stream), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .ConfigureAwait(false);
            json.Flush();
            return (error, null);
        }
        catch (RpcOutputFullException)
        {
            return (TooLong(), null);
        }
        catch (Exception reason) when (!cancellation.IsCancellationRequested)
        {
            return RpcFailure.ErrorOf(reason) is { } error ? (error, null) : (Crashed, reason);
        }
    }

    private RpcError TooLong() => new(
        RpcErrorCode.ResponseTooLarge,
        $"response too large: more than {limits.ResponseBytesMax} bytes; ask for less at once");

    private void WriteStart(in RpcRequest request)
    {
        output.Write("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        ReadOnlySpan<byte> id = request.RawId();
        output.Write(id.IsEmpty ? "null"u8 : id);
    }

    private void WriteError(in RpcRequest request, RpcError error)
    {
        // An error is short, and there must be room for it where the answer before it filled the limit.
        output.HeldBytesMax = int.MaxValue;
        WriteStart(request);
        output.Write(",\"error\":"u8);
        json.Reset();
        json.WriteStartObject();
        json.WriteNumber("code"u8, error.Code);
        json.WriteString("message"u8, error.Message);
        if (error.JsonData is { } value)
        {
            json.WritePropertyName("data"u8);
            json.WriteRawValue(value.Span, skipInputValidation: true);
        }
        else if (error.Data is { } data)
        {
            json.WriteString("data"u8, Primitives.Hex.Encode(data.Span));
        }

        json.WriteEndObject();
        json.Flush();
        output.Write("}"u8);
        output.HeldBytesMax = limits.ResponseBytesMax;
    }
}
