using Koinon.Primitives.Blocks;
using Koinon.Primitives.Transactions;

namespace Koinon.Node.Forking;

/// <summary>What is run on the fork block before anything else: the beginning of the remote's next block.</summary>
/// <param name="Header">The header of that block.</param>
/// <param name="Transactions">Its transactions, up to and with the one that was named.</param>
internal sealed record ForkReplay(BlockHeader Header, IReadOnlyList<Transaction> Transactions);
