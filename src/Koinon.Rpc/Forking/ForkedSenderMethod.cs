using System.Text;
using System.Text.Json;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Forking;

/// <summary>
/// A method that looks for one transaction by something else than its hash: where the local chain has none the remote
/// is asked, whose answer counts up to the fork block.
/// </summary>
/// <param name="local">Answers for the local chain.</param>
/// <param name="place">Knows the sides.</param>
/// <remarks>It answers a transaction, its hash, or an object that names its hash.</remarks>
internal sealed class ForkedSenderMethod(RpcMethod local, ForkPlace place) : ForkedMethod(local, place)
{
    private static ReadOnlySpan<byte> Nothing => "null"u8;

    internal override async ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        byte[] asked = Encoding.UTF8.GetBytes(
            parameters.ValueKind == JsonValueKind.Undefined ? "[]" : parameters.GetRawText());
        RpcResult<ReadOnlyMemory<byte>> own = await AskLocalAsync(asked, cancellation).ConfigureAwait(false);
        if (own.Error is { } refused)
        {
            return RpcAnswer.Of(refused);
        }

        if (!own.Value.Span.SequenceEqual(Nothing))
        {
            return RpcAnswer.OfJson(own.Value);
        }

        RpcResult<ReadOnlyMemory<byte>> found = await Place.Remote.AskAsync(
            Name, asked, isPinned: false, cancellation).ConfigureAwait(false);
        if (found.Error is { } error)
        {
            return RpcAnswer.Of(error);
        }

        RpcResult<bool> isShown = await IsShownAsync(found.Value, cancellation).ConfigureAwait(false);
        return isShown.Error is { } wrong ? RpcAnswer.Of(wrong)
            : RpcAnswer.OfJson(isShown.Value ? found.Value : Nothing.ToArray());
    }

    /// <summary>Whether what the remote found stands at or below the fork.</summary>
    private async ValueTask<RpcResult<bool>> IsShownAsync(
        ReadOnlyMemory<byte> found, CancellationToken cancellation)
    {
        if (HashIn(found) is not { } hash)
        {
            return false;
        }

        RpcResult<ReadOnlyMemory<byte>> transaction = await Place.Remote.AskAsync(
            "eth_getTransactionByHash", Encoding.UTF8.GetBytes($"[{hash}]"), isPinned: false, cancellation)
            .ConfigureAwait(false);
        return transaction.Error is { } error ? error : Place.IsShown(transaction.Value, "blockNumber");
    }

    private static string? HashIn(ReadOnlyMemory<byte> found)
    {
        using JsonDocument document = JsonDocument.Parse(found);
        JsonElement root = document.RootElement;
        return root.ValueKind == JsonValueKind.String ? root.GetRawText()
            : root.ValueKind == JsonValueKind.Object && root.TryGetProperty("hash"u8, out JsonElement hash)
                && hash.ValueKind == JsonValueKind.String
                    ? hash.GetRawText()
            : null;
    }
}
