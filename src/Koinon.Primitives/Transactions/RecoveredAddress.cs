using Koinon.Crypto;

namespace Koinon.Primitives.Transactions;

/// <summary>The address that a signature names, recovered once and kept in a field of this type.</summary>
/// <remarks>
/// Safe from any thread without a lock: threads that race recover the same address and write the same bytes, and no one
/// reads them before the state says that they stand.
/// </remarks>
internal struct RecoveredAddress
{
    private const int Unknown = 0;
    private const int Found = 1;
    private const int None = 2;

    private Address _address;
    private int _state;

    /// <summary>Whether recovery has been tried.</summary>
    internal readonly bool IsKnown => Volatile.Read(in _state) != Unknown;

    /// <summary>Recovers the signer of a digest.</summary>
    internal static bool TryRecover(in Hash256 digest, in UInt256 r, in UInt256 s, byte yParity, out Address signer)
    {
        Span<byte> scalars = stackalloc byte[2 * UInt256.Size];
        Span<byte> publicKey = stackalloc byte[64];
        r.WriteBigEndian(scalars);
        s.WriteBigEndian(scalars[UInt256.Size..]);
        bool found = Secp256k1.TryRecover(
            Hash256.AsSpan(in digest), scalars[..UInt256.Size], scalars[UInt256.Size..], yParity, publicKey);
        signer = default;
        if (found)
        {
            Hash256 keyHash = Hash256.Keccak(publicKey);
            signer = new Address(Hash256.AsSpan(in keyHash)[12..]);
        }

        return found;
    }

    /// <summary>Keeps what recovery gave.</summary>
    internal void Keep(bool found, in Address address)
    {
        _address = address;
        Volatile.Write(ref _state, found ? Found : None);
    }

    /// <summary>The address, where recovery found one.</summary>
    internal readonly bool TryGet(out Address address)
    {
        bool found = Volatile.Read(in _state) == Found;
        address = found ? _address : default;
        return found;
    }
}
