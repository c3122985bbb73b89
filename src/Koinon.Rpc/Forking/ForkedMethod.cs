using System.Buffers;
using System.Text.Json;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Forking;

/// <summary>A method of a forked chain: the local one, and the remote node for what lies below the fork.</summary>
/// <param name="local">Answers for the local chain.</param>
/// <param name="place">Knows the sides.</param>
/// <remarks>What the remote answers is passed on as it is, with fields and types that are not known here.</remarks>
internal abstract class ForkedMethod(RpcMethod local, ForkPlace place) : RpcMethod
{
    /// <inheritdoc/>
    public sealed override string Name => local.Name;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Aliases => local.Aliases;

    /// <inheritdoc/>
    public sealed override bool IsOrdered => local.IsOrdered;

    internal sealed override Type Documented => local.Documented;

    internal sealed override RpcMethodShape Describe() => local.Describe();

    /// <summary>Answers for the local chain.</summary>
    protected RpcMethod Local => local;

    /// <summary>Knows the sides.</summary>
    protected ForkPlace Place => place;

    /// <summary>A parameter; undefined where there is none.</summary>
    protected static JsonElement At(JsonElement parameters, int index) =>
        parameters.ValueKind == JsonValueKind.Array && index < parameters.GetArrayLength()
            ? parameters[index]
            : default;

    /// <summary>Passes a question on to the remote, and its answer back.</summary>
    protected async ValueTask<RpcAnswer> PassAsync(ReadOnlyMemory<byte> parameters, CancellationToken cancellation)
    {
        RpcResult<ReadOnlyMemory<byte>> answer = await place.Remote.AskAsync(
            Name, parameters, isPinned: true, cancellation).ConfigureAwait(false);
        return answer.Error is { } error ? RpcAnswer.Of(error) : RpcAnswer.OfJson(answer.Value);
    }

    /// <summary>Asks the local method, and takes its answer as JSON.</summary>
    protected async ValueTask<RpcResult<ReadOnlyMemory<byte>>> AskLocalAsync(
        ReadOnlyMemory<byte> parameters, CancellationToken cancellation)
    {
        using JsonDocument document = JsonDocument.Parse(parameters);
        RpcAnswer answer = await local.InvokeAsync(document.RootElement, connection: null, cancellation)
            .ConfigureAwait(false);
        if (answer.Error is { } error)
        {
            return error;
        }

        ArrayBufferWriter<byte> written = new();
        using RpcBufferOutput output = new(written);
        using Utf8JsonWriter json = new(output);
        if (answer.Stream is { } body)
        {
            RpcValueStream stream = new(json, output, cancellation);
            RpcError? failed = await Task.Run(() => body(stream), cancellation).ConfigureAwait(false);
            if (failed is not null)
            {
                return failed;
            }
        }
        else
        {
            answer.Write(json);
        }

        json.Flush();
        await output.CompleteAsync(cancellation).ConfigureAwait(false);
        return written.WrittenMemory;
    }
}
