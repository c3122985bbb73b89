namespace Koinon.Rpc.Engine;

/// <summary>Where the head is to go, and what is to be built on it.</summary>
internal sealed record ForkchoiceRequest(ForkchoiceState State, JudgedAttributes? Attributes);
