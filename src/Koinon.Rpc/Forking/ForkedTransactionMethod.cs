using System.Text;
using System.Text.Json;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Forking;

/// <summary>A method about a transaction: one that is not known here may stand at or below the fork block.</summary>
/// <param name="local">Answers for the local chain.</param>
/// <param name="place">Knows the sides.</param>
/// <param name="pool">What waits locally.</param>
/// <remarks>The first parameter is the transaction's hash.</remarks>
internal sealed class ForkedTransactionMethod(RpcMethod local, ForkPlace place, TransactionPool pool)
    : ForkedMethod(local, place)
{
    private const string Lookup = "eth_getTransactionByHash";

    internal override async ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        if (JsonValueReader.ReadHash(At(parameters, 0), out Hash256 hash) is not null
            || Place.Ledger.TryGetTransaction(hash, out _)
            || pool.TryGet(hash, out _))
        {
            return await Local.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false);
        }

        // A transaction that the remote included later, or not yet, is none of this chain.
        RpcResult<ReadOnlyMemory<byte>> found = await Place.Remote.AskAsync(
            Lookup, Encoding.UTF8.GetBytes($"[\"{hash}\"]"), isPinned: false, cancellation).ConfigureAwait(false);
        if (found.Error is { } error)
        {
            return RpcAnswer.Of(error);
        }

        if (!Place.IsShown(found.Value, "blockNumber"))
        {
            return await Local.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false);
        }

        return Name == Lookup
            ? RpcAnswer.OfJson(found.Value)
            : await PassAsync(ForkPlace.With(parameters, 0, $"\"{hash}\""), cancellation).ConfigureAwait(false);
    }
}
