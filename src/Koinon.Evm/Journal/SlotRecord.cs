using Koinon.Primitives;

namespace Koinon.Evm.Journal;

/// <summary>A storage slot as the running transaction sees it.</summary>
internal struct SlotRecord
{
    internal UInt256 Key;
    internal UInt256 Current;

    /// <summary>The value before the transaction (EIP-2200).</summary>
    internal UInt256 Original;

    /// <summary>Index of the account among the journal's.</summary>
    internal int Account;

    /// <summary>The place in the table of buckets, for clearing it.</summary>
    internal int Bucket;

    internal bool IsWarm;
}
