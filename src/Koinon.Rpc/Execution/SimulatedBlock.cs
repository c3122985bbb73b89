using Koinon.Chain.Ledger;
using Koinon.Evm;
using Koinon.Primitives;

namespace Koinon.Rpc.Execution;

/// <summary>A block of a simulation.</summary>
/// <param name="Block">The block, executed.</param>
/// <param name="Calls">What became of its calls.</param>
/// <param name="Senders">Who sent them: nobody signed.</param>
/// <param name="Logs">Their logs, transfers of ether included where they were asked for.</param>
internal sealed record SimulatedBlock(
    LedgerBlock Block,
    IReadOnlyList<TransactionOutcome> Calls,
    IReadOnlyList<Address> Senders,
    IReadOnlyList<IReadOnlyList<NumberedLog>> Logs);
