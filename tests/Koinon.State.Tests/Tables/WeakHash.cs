using Koinon.Primitives;
using Koinon.State.Tables;

namespace Koinon.State.Tests.Tables;

/// <summary>A hash that tells few keys apart in its first rounds, so that small tables grow deep.</summary>
internal readonly struct WeakHash : IKeyHash<UInt256>
{
    public static ulong Hash(in UInt256 key, int round) => round switch
    {
        0 => (key.U0 & 3) << 60,
        1 => key.U0 & 4,
        _ => WordHash.Hash(in key, round),
    };
}
