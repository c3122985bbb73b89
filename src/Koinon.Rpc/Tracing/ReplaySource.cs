using Koinon.Chain.Ledger;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.State;

namespace Koinon.Rpc.Tracing;

/// <summary>A block that is to be run again, with the state it ran on.</summary>
/// <param name="Block">The block.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Author">Who received the fees.</param>
/// <param name="Rules">The rules it follows.</param>
/// <param name="Parent">The block before.</param>
/// <param name="ParentState">The state after that.</param>
internal sealed record ReplaySource(
    Block Block, Hash256 Hash, Address Author, ActiveRules Rules, LedgerBlock Parent, WorldState ParentState)
{
    /// <summary>Its number.</summary>
    public ulong Number => Block.Header.Number;

    /// <summary>How many transactions it has.</summary>
    public int Count => Block.Transactions.Count;
}
