using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Chain.Ledger;

/// <summary>A block that broke a rule.</summary>
/// <param name="Block">The block.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Verdict">The rule, and how it was broken.</param>
public sealed record RefusedBlock(Block Block, Hash256 Hash, BlockVerdict Verdict);
