namespace Koinon.Primitives.Transactions;

/// <summary>The kinds of transaction; the value is the byte before a typed one's payload (EIP-2718).</summary>
public enum TransactionType : byte
{
    /// <summary>Of the beginning: a plain RLP list, with or without a chain id in its signature (EIP-155).</summary>
    Legacy = 0,

    /// <summary>With an access list (EIP-2930).</summary>
    AccessList = 1,

    /// <summary>With a highest fee and a priority fee (EIP-1559).</summary>
    DynamicFee = 2,

    /// <summary>With blobs (EIP-4844).</summary>
    Blob = 3,

    /// <summary>With authorizations that set accounts' code (EIP-7702).</summary>
    SetCode = 4,
}
