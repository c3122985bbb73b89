namespace Koinon.Abi;

/// <summary>Why data holds no values of some types.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Offset">Where, in bytes from the first.</param>
public readonly record struct AbiDecodeError(AbiDecodeReason Reason, int Offset)
{
    /// <summary>Whether something is wrong.</summary>
    public bool IsError => Reason != AbiDecodeReason.None;
}
