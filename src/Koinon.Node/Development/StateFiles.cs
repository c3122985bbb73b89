using System.IO.Compression;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Node.Development.States;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Development.StateFiles;
using Koinon.Rpc.Dispatch;
using Koinon.State;

namespace Koinon.Node.Development;

/// <summary>Writes and reads the state of a running development chain in anvil's format.</summary>
internal sealed class StateFiles(Ledger ledger, BlockProducer producer, DevelopmentClock clock, bool isFork)
    : IStateFiles
{
    /// <inheritdoc/>
    public async ValueTask WriteAsync(Stream output, bool isPacked, CancellationToken cancellation)
    {
        // The head and its state are one moment's; blocks that come meanwhile are left out.
        LedgerBlock head = ledger.Head;
        WorldState state = head.State
            ?? throw new InvalidOperationException("The head always has its state.");
        if (!isPacked)
        {
            await WriteAsync(output, head, state, cancellation).ConfigureAwait(false);
            return;
        }

        GZipStream packed = new(output, CompressionLevel.Fastest, leaveOpen: true);
        await using (packed.ConfigureAwait(false))
        {
            await WriteAsync(packed, head, state, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Begins a chain with a file in the place of this one; false where this one has something that would be lost.
    /// </summary>
    internal Func<StateFile, CancellationToken, ValueTask<RpcResult<bool>>>? Begin { get; set; }

    /// <inheritdoc/>
    public async ValueTask<RpcError?> LoadAsync(Stream input, CancellationToken cancellation)
    {
        StateFile file;
        try
        {
            file = StateFileReader.Read(input);
        }
        catch (StateFileException wrong)
        {
            return RpcError.InvalidParameters($"invalid argument 0: {wrong.Message}");
        }

        bool hasBlocks = file.History.Count > 1 || (file.Block?.Number ?? file.BestBlockNumber) > 0;
        if (hasBlocks && !isFork && Begin is { } begin)
        {
            RpcResult<bool> begun = await begin(file, cancellation).ConfigureAwait(false);
            if (begun.Error is not null || begun.Value)
            {
                return begun.Error;
            }
        }

        return await LoadAsync(file, cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts what a file says over the state of the chain.</summary>
    internal ValueTask<RpcError?> LoadAsync(StateFile file, CancellationToken cancellation) =>
        producer.ExclusiveAsync(() => Load(file), cancellation);

    private async ValueTask WriteAsync(
        Stream output, LedgerBlock head, WorldState state, CancellationToken cancellation)
    {
        StateFileWriter writer = new(ledger, output);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(head, state, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Puts the file's accounts over the head's state; time and fees go on from the file's block.</summary>
    private RpcError? Load(StateFile file)
    {
        if (isFork && file.History.Count > 1)
        {
            return Graft(file);
        }

        ledger.Edit(file.Accounts);
        if (file.Block is { } block)
        {
            if (block.Timestamp > ledger.Head.Header.Timestamp)
            {
                clock.Set(block.Timestamp);
            }

            if (block.BaseFee is { } fee)
            {
                producer.AmendNext(next => next with { BaseFeePerGas = fee });
            }
        }

        return null;
    }

    /// <summary>Puts the file's blocks on the fork block, where they stood on it before.</summary>
    private RpcError? Graft(StateFile file)
    {
        LedgerBlock fork = ledger.GenesisBlock;
        BlockHeader first = file.History[1].Block.Header;
        if (first.ParentHash != fork.Hash)
        {
            return RpcError.Server(
                $"its blocks stand on block {first.Number - 1} ({first.ParentHash}), this chain forks off at block "
                + $"{fork.Number} ({fork.Hash}): fork off there (--fork-block-number), or load a state without blocks");
        }

        if (ledger.Head.Hash != fork.Hash)
        {
            return RpcError.Server(
                $"its blocks stand on the fork block, where this chain has {ledger.Head.Number - fork.Number} others: "
                + "reset it before (anvil_reset with forking)");
        }

        try
        {
            ledger.Edit(file.History[0].Changes);
            StateFileStart.AddHistory(file, ledger);
        }
        catch (StateFileException wrong)
        {
            return RpcError.InvalidParameters($"invalid argument 0: {wrong.Message}");
        }

        clock.Rewind(ledger.Head);
        return null;
    }
}
