using Koinon.Primitives;

namespace Koinon.Rpc.Engine;

/// <summary>Which blocks are head, safe and finalized; zero where safe or finalized is not known yet.</summary>
internal sealed record ForkchoiceState(Hash256 Head, Hash256 Safe, Hash256 Finalized);
