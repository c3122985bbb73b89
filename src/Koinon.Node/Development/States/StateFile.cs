using Koinon.Primitives.State;

namespace Koinon.Node.Development.States;

/// <summary>What a state file says.</summary>
internal sealed class StateFile
{
    /// <summary>The accounts, with code and storage: they go over those that there are.</summary>
    public StateChanges Accounts { get; set; } = new();

    /// <summary>The block that the state stands at; files of the first versions name none.</summary>
    public StateFileBlock? Block { get; set; }

    /// <summary>The number of the newest block, where it is named.</summary>
    public ulong? BestBlockNumber { get; set; }

    /// <summary>The whole chain, the oldest block first; empty in the files of other programs.</summary>
    public List<HistoryBlock> History { get; } = [];
}
