namespace Koinon.Evm.Forks;

/// <summary>What SELFDESTRUCT deletes.</summary>
public enum SelfDestructRule : byte
{
    /// <summary>The account, always.</summary>
    Always,

    /// <summary>The account only where this transaction made it; else it only sends the balance (EIP-6780).</summary>
    OnlyInCreatingTransaction,
}
