using System.Security.Cryptography;
using Koinon.Primitives;

namespace Koinon.Rpc.Subscriptions;

/// <summary>Makes the ids of subscriptions and filters: nobody guesses another's.</summary>
internal static class SubscriptionId
{
    private const int Bytes = 16;

    /// <summary>A new id: a quantity, as all ids of the field are.</summary>
    public static string New()
    {
        Span<byte> random = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(random);
        return UInt256.FromBigEndian(random).ToString("x", null);
    }
}
