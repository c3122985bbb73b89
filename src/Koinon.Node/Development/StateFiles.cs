using System.IO.Compression;
using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Node.Development.States;
using Koinon.Rpc.Development;
using Koinon.Rpc.Dispatch;
using Koinon.State;

namespace Koinon.Node.Development;

/// <summary>Writes and reads the state of a running development chain in anvil's format.</summary>
internal sealed class StateFiles(Ledger ledger, BlockProducer producer, DevelopmentClock clock) : IStateFiles
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
            await StateFileWriter.WriteAsync(output, head, state, cancellation).ConfigureAwait(false);
            return;
        }

        GZipStream packed = new(output, CompressionLevel.Fastest, leaveOpen: true);
        await using (packed.ConfigureAwait(false))
        {
            await StateFileWriter.WriteAsync(packed, head, state, cancellation).ConfigureAwait(false);
        }
    }

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

        return await producer.ExclusiveAsync(() => Load(file), cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts the file's accounts over the head's state; time and fees go on from the file's block.</summary>
    private RpcError? Load(StateFile file)
    {
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
}
