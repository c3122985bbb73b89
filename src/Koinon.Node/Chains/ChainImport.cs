using System.Threading.Channels;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;

namespace Koinon.Node.Chains;

/// <summary>Takes the blocks of a file into a ledger.</summary>
/// <remarks>
/// Reading, decoding and the recovery of senders go ahead of execution on other threads. Blocks after the merge become
/// canonical some at a time, one transaction of the store for all of them; what an end in between costs is done again.
/// </remarks>
/// <param name="ledger">Receives the blocks.</param>
/// <param name="progress">Told after each block.</param>
public sealed class ChainImport(Ledger ledger, Action<ImportProgress>? progress = null)
{
    /// <summary>Blocks read ahead of execution.</summary>
    private const int ReadAhead = 32;

    /// <summary>The most blocks, and about the most gas, that become canonical at once.</summary>
    private const int BlocksAtOnce = 64;
    private const ulong GasAtOnce = 300_000_000;

    private long _blocks;
    private long _known;
    private ulong _gas;
    private LedgerBlock? _newest;
    private int _waiting;
    private ulong _gasWaiting;

    /// <summary>Imports a file from its first block that is not known.</summary>
    /// <param name="file">The blocks.</param>
    /// <param name="cancellation">Ends it after the block at work.</param>
    /// <exception cref="Storage.StoreException">The store is full, or the disk fails.</exception>
    public async Task<ImportResult> RunAsync(BlockFile file, CancellationToken cancellation)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Channel<Decoded> decoded = Channel.CreateBounded<Decoded>(
            new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });
        Task reading = Task.Run(() => ReadAsync(file, decoded.Writer, ending.Token), CancellationToken.None);
        string? error = null;
        try
        {
            await foreach (Decoded item in decoded.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                error = item.Error ?? await TakeAsync(item).ConfigureAwait(false);
                if (error is not null) break;

                progress?.Invoke(Progress(file));
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What was taken so far is made canonical below.
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }

        error ??= MakeCanonical();
        return new ImportResult(Progress(file), error, error is null && cancellation.IsCancellationRequested);
    }

    private static async Task ReadAsync(BlockFile file, ChannelWriter<Decoded> blocks, CancellationToken cancellation)
    {
        try
        {
            for (long at = 0; ; at++)
            {
                byte[]? rlp = await file.ReadAsync(cancellation).ConfigureAwait(false);
                if (rlp is null) break;

                Decoded decoded = Block.TryDecode(rlp, out Block? block, out BlockDecodeError error)
                    ? new Decoded(block, RecoverAsync(block, cancellation), null)
                    : new Decoded(null, Task.CompletedTask, $"block {at} of the file cannot be decoded: {error}");
                await blocks.WriteAsync(decoded, cancellation).ConfigureAwait(false);
            }
        }
        catch (InvalidDataException failure)
        {
            blocks.TryWrite(new Decoded(null, Task.CompletedTask, failure.Message));
        }
        catch (OperationCanceledException)
        {
            // Whoever reads the channel ended this.
        }
        finally
        {
            blocks.TryComplete();
        }
    }

    private static Task RecoverAsync(Block block, CancellationToken cancellation) =>
        Task.Run(() => Transaction.RecoverSenders(block.Transactions), cancellation);

    /// <summary>Takes a block in.</summary>
    /// <returns>What is wrong with it, if anything.</returns>
    private async Task<string?> TakeAsync(Decoded item)
    {
        Block block = item.Block!;
        BlockHeader header = block.Header;
        Hash256 hash = ledger.Consensus.HashOf(header);
        if (ledger.TryGet(hash, out LedgerBlock? known))
        {
            _known++;
            _newest = known;
            return null;
        }

        if (header.Number <= ledger.GenesisBlock.Number)
        {
            return $"the file begins with another genesis: block {header.Number} is {hash}, this chain's is "
                + $"{ledger.GenesisBlock.Hash}";
        }

        await item.Recovery.ConfigureAwait(false);
        BlockImport import = ledger.Import(block);
        if (import.Block is not { } taken)
        {
            return $"block {header.Number} ({hash}) is refused: {import.Error}: {import.Detail}";
        }

        _blocks++;
        _waiting++;
        _gas += header.GasUsed;
        _gasWaiting += header.GasUsed;
        _newest = taken;
        return _waiting >= BlocksAtOnce || _gasWaiting >= GasAtOnce ? MakeCanonical() : null;
    }

    /// <summary>Moves the head to the newest block where total difficulty did not.</summary>
    private string? MakeCanonical()
    {
        _waiting = 0;
        _gasWaiting = 0;
        if (_newest is not { } newest || newest.Number <= ledger.Head.Number) return null;

        Hash256 safe = ledger.Safe?.Hash ?? Hash256.Zero, finalized = ledger.Finalized?.Hash ?? Hash256.Zero;
        HeadError error = ledger.SetHead(newest.Hash, safe, finalized);
        return error == HeadError.None ? null : $"block {newest.Number} ({newest.Hash}) cannot be the head: {error}";
    }

    private ImportProgress Progress(BlockFile file) =>
        new(_newest?.Number ?? ledger.Head.Number, _blocks, _known, _gas, file.Position, file.Length);

    private sealed record Decoded(Block? Block, Task Recovery, string? Error);
}
