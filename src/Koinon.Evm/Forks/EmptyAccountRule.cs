namespace Koinon.Evm.Forks;

/// <summary>What becomes of accounts that hold nothing.</summary>
public enum EmptyAccountRule : byte
{
    /// <summary>They are made by any call and stay.</summary>
    Kept,

    /// <summary>They are not made, and those touched are deleted at the transaction's end (EIP-161).</summary>
    Removed,
}
