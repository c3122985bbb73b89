using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives.Blocks;
using Koinon.State;

namespace Koinon.Node.Development.States;

/// <summary>Begins a chain with a state file: whole where the file holds it, else at its block.</summary>
internal static class StateFileStart
{
    /// <summary>The genesis of such a chain.</summary>
    /// <param name="file">The file.</param>
    /// <param name="usual">
    /// What the chain would begin with otherwise: its rules stay, and its accounts below the file's.
    /// </param>
    public static Genesis GenesisOf(StateFile file, Genesis usual)
    {
        if (file.History.Count > 0)
        {
            HistoryBlock first = file.History[0];
            return new Genesis(usual.Network, first.Block, WorldState.Empty.Apply(first.Changes));
        }

        WorldState state = usual.State.Apply(file.Accounts);
        HeaderDraft header = HeaderDraft.Of(usual.Block.Header);
        header.StateRoot = state.Root;
        header.Number = file.Block?.Number ?? file.BestBlockNumber ?? header.Number;
        header.Timestamp = file.Block?.Timestamp ?? header.Timestamp;
        header.BaseFeePerGas = header.BaseFeePerGas is null ? null : file.Block?.BaseFee ?? header.BaseFeePerGas;
        Block block = new() { Header = header.ToHeader(), Withdrawals = usual.Block.Withdrawals };
        return new Genesis(usual.Network, block, state);
    }

    /// <summary>Puts the blocks of the file on its first one.</summary>
    /// <exception cref="StateFileException">A block does not follow the one before it.</exception>
    public static void AddHistory(StateFile file, Ledger ledger)
    {
        foreach (HistoryBlock next in file.History.Skip(1))
        {
            LedgerBlock parent = ledger.Head;
            BlockHeader header = next.Block.Header;
            ActiveRules rules = ledger.Schedule.At(header.Number, header.Timestamp, parent.TotalDifficulty);
            LedgerBlock block = new()
            {
                Block = next.Block,
                Sealed = new SealedHeader(header, ledger.Consensus.HashOf(header), ledger.Consensus.AuthorOf(header)),
                Rules = rules,
                TotalDifficulty = unchecked(parent.TotalDifficulty + header.Difficulty),
                Receipts = next.Receipts,
                State = parent.State!.Apply(next.Changes),
                Changes = next.Changes,
            };
            if (!ledger.TryCommit(block))
            {
                throw new StateFileException($"block {header.Number} does not follow block {parent.Number}");
            }
        }
    }
}
