namespace Koinon.Evm.Journal;

/// <summary>What a transaction did to an account.</summary>
[Flags]
internal enum AccountFlags : byte
{
    None = 0,

    /// <summary>The account is in the state, be it empty.</summary>
    Exists = 1,

    /// <summary>The transaction has touched it before (EIP-2929).</summary>
    Warm = 2,

    /// <summary>The transaction made a contract of it.</summary>
    Created = 4,

    /// <summary>It is deleted at the transaction's end.</summary>
    Destructed = 8,

    /// <summary>It is deleted at the transaction's end where it is empty then (EIP-161).</summary>
    Touched = 16,
}
