namespace Koinon.Evm.Forks;

/// <summary>How SSTORE is priced.</summary>
public enum StorageGasRule : byte
{
    /// <summary>By the slot's present value and the new one.</summary>
    Gross,

    /// <summary>By these and the value at the transaction's start (EIP-1283, EIP-2200).</summary>
    Net,
}
