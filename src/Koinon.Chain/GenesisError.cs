namespace Koinon.Chain;

/// <summary>Why a text is no genesis.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Field">Where, as in <c>config.londonBlock</c> or <c>alloc.0x….balance</c>.</param>
/// <param name="Detail">What was found and what would be right, for people.</param>
public sealed record GenesisError(GenesisErrorReason Reason, string Field, string Detail);
