using System.Text;
using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Forking;

/// <summary>The block at which a chain forks off, as it was found.</summary>
/// <param name="ChainId">The remote chain's number.</param>
/// <param name="Header">The block's header.</param>
/// <param name="Hash">The block's hash.</param>
/// <param name="IsPinned">Whether the block was named, and is not just the head of the moment.</param>
/// <param name="Replayed">What is run on it first; <see langword="null"/> for nothing.</param>
internal sealed record ForkStart(
    ulong ChainId, BlockHeader Header, Hash256 Hash, bool IsPinned, ForkReplay? Replayed)
{
    /// <summary>Finds it.</summary>
    /// <exception cref="ForkException">It cannot be found.</exception>
    public static async Task<ForkStart> FindAsync(
        RemoteChain remote, ForkOptions options, CancellationToken cancellation)
    {
        bool isPinned = options.BlockNumber >= 0 || options.Transaction is not null;
        if (options.ChainId is { } given && options is { BlockNumber: >= 0, IsCached: true }
            && ForkPins.Find(options, given) is { } known)
        {
            return Of(given, known, isPinned: true, replayed: null);
        }

        ulong chainId = options.ChainId ?? await NumberAsync(remote, "eth_chainId", cancellation).ConfigureAwait(false);
        ForkReplay? replayed = options.Transaction is { } transaction
            ? await ReplayAsync(remote, transaction, cancellation).ConfigureAwait(false)
            : null;
        string name = replayed is not null ? RemoteCall.Quantity(replayed.Header.Number - 1)
            : await NameAsync(remote, options.BlockNumber, cancellation).ConfigureAwait(false);
        ReadOnlyMemory<byte> block = await AskAsync(
            remote, RemoteCall.Of("eth_getBlockByNumber", name, "false"), cancellation).ConfigureAwait(false);
        if (block.Span.SequenceEqual("null"u8))
        {
            ulong head = await NumberAsync(remote, "eth_blockNumber", cancellation).ConfigureAwait(false);
            throw new ForkException($"fork: {remote.Name} has no block {name.Trim('"')}; its newest is {head}");
        }

        if (isPinned && replayed is null && options.IsCached)
        {
            ForkPins.Keep(options, chainId, block);
        }

        return Of(chainId, block, isPinned, replayed);
    }

    private static ForkStart Of(ulong chainId, ReadOnlyMemory<byte> block, bool isPinned, ForkReplay? replayed)
    {
        using JsonDocument document = JsonDocument.Parse(block);
        BlockHeader header = ForkHeader.Read(document.RootElement, out Hash256 hash);
        return new ForkStart(chainId, header, hash, isPinned, replayed);
    }

    private static async Task<string> NameAsync(RemoteChain remote, long? number, CancellationToken cancellation)
    {
        if (number is null)
        {
            return "\"latest\"";
        }

        if (number >= 0)
        {
            return RemoteCall.Quantity((ulong)number);
        }

        ulong head = await NumberAsync(remote, "eth_blockNumber", cancellation).ConfigureAwait(false);
        ulong back = (ulong)-number.Value;
        return back <= head
            ? RemoteCall.Quantity(head - back)
            : throw new ForkException($"fork: block {number} is before the first one, the newest is {head}");
    }

    private static async Task<ForkReplay> ReplayAsync(
        RemoteChain remote, Hash256 hash, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> found = await AskAsync(
            remote, RemoteCall.Of("eth_getTransactionByHash", RemoteCall.Text(hash)), cancellation)
            .ConfigureAwait(false);
        using JsonDocument transaction = JsonDocument.Parse(found);
        if (RemoteJson.Number(transaction.RootElement, "blockNumber") is not { } number || number == 0)
        {
            throw new ForkException($"fork: transaction {hash} is not in a block of {remote.Name}");
        }

        ReadOnlyMemory<byte> body = await AskAsync(
            remote, RemoteCall.Of("eth_getBlockByNumber", RemoteCall.Quantity(number), "false"), cancellation)
            .ConfigureAwait(false);
        using JsonDocument block = JsonDocument.Parse(body);
        BlockHeader header = ForkHeader.Read(block.RootElement, out _);
        List<RemoteCall> calls = [];
        foreach (JsonElement item in block.RootElement.GetProperty("transactions").EnumerateArray())
        {
            string each = item.GetString()!;
            calls.Add(RemoteCall.Of("eth_getRawTransactionByHash", RemoteCall.Text(each)));
            if (each == hash.ToString())
            {
                break;
            }
        }

        RpcResult<ReadOnlyMemory<byte>>[] encoded = await remote.AskAsync(calls, cancellation).ConfigureAwait(false);
        List<Transaction> transactions = [];
        foreach (RpcResult<ReadOnlyMemory<byte>> answer in encoded)
        {
            if (answer.Error is { } error)
            {
                throw new ForkException($"fork: transactions of block {number} cannot be had: {error.Message}");
            }

            // A type that is not known here cannot be run; those after it are, on what there is.
            if (RemoteJson.TryBytes(answer.Value, out byte[] bytes)
                && Transaction.TryDecode(bytes, out Transaction? decoded, out _))
            {
                transactions.Add(decoded);
            }
        }

        return new ForkReplay(header, transactions);
    }

    private static async Task<ulong> NumberAsync(RemoteChain remote, string method, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> answer = await AskAsync(remote, RemoteCall.Of(method), cancellation).ConfigureAwait(false);
        return RemoteJson.TryWord(answer, out UInt256 value) && value.IsUInt64
            ? value.U0
            : throw new ForkException(
                $"fork: {remote.Name} answered {method} with {Encoding.UTF8.GetString(answer.Span)}");
    }

    private static async Task<ReadOnlyMemory<byte>> AskAsync(
        RemoteChain remote, RemoteCall call, CancellationToken cancellation)
    {
        RpcResult<ReadOnlyMemory<byte>> answer = await remote.AskAsync(call, cancellation).ConfigureAwait(false);
        return answer.Error is { } error
            ? throw new ForkException(error.Message.StartsWith("fork: ", StringComparison.Ordinal)
                ? error.Message
                : $"fork: {remote.Name} refuses {call.Method}: {error.Message}")
            : answer.Value;
    }
}
