using Koinon.Evm.Decoding;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Evm.Journal;

/// <summary>An account as the running transaction sees it.</summary>
internal struct AccountRecord
{
    internal Address Address;
    internal AccountFlags Flags;
    internal bool OriginallyExists;
    internal ulong Nonce;
    internal UInt256 Balance;
    internal Hash256 CodeHash;

    /// <summary>The code of <see cref="CodeHash"/>; null until it is asked for.</summary>
    internal DecodedCode? Code;

    /// <summary>The account before the transaction.</summary>
    internal Account Original;

    /// <summary>The place in the table of buckets, for clearing it.</summary>
    internal int Bucket;

    internal readonly bool Exists => (Flags & AccountFlags.Exists) != 0;

    internal readonly bool HasCode => CodeHash != Account.NoCode;

    internal readonly bool IsEmpty => Nonce == 0 && Balance.IsZero && !HasCode;
}
