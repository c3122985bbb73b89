using System.Collections.Immutable;
using Koinon.Primitives;
using Koinon.Rpc.Development.Impersonation;

namespace Koinon.Node.Development;

/// <summary>Whose transactions a development chain takes without a signature, and whose signatures are
/// believed.</summary>
/// <param name="includesAll">Whether that is everybody, at the start and again after a reset.</param>
public sealed class Impersonation(bool includesAll) : IImpersonation
{
    private const ulong LegacyV = 27;

    private readonly bool _begins = includesAll;
    private ImmutableList<Address> _accounts = [];
    private ImmutableDictionary<(UInt256 R, UInt256 S, ulong V), Address> _signatures =
        ImmutableDictionary<(UInt256 R, UInt256 S, ulong V), Address>.Empty;
    private volatile bool _includesAll = includesAll;

    /// <summary>The accounts that were named, in their order.</summary>
    public IReadOnlyList<Address> Accounts => Volatile.Read(ref _accounts);

    /// <summary>Whether any signature is impersonated.</summary>
    internal bool HasSignatures => !Volatile.Read(ref _signatures).IsEmpty;

    /// <inheritdoc/>
    public bool IncludesAll
    {
        get => _includesAll;
        set => _includesAll = value;
    }

    /// <inheritdoc/>
    public bool Includes(in Address account) => _includesAll || Volatile.Read(ref _accounts).Contains(account);

    /// <inheritdoc/>
    public void Start(in Address account)
    {
        Address started = account;
        ImmutableInterlocked.Update(ref _accounts, list => list.Contains(started) ? list : list.Add(started));
    }

    /// <inheritdoc/>
    public bool Stop(in Address account)
    {
        Address stopped = account;
        return ImmutableInterlocked.Update(ref _accounts, list => list.Remove(stopped));
    }

    /// <inheritdoc/>
    public void Recover(ReadOnlySpan<byte> signature, in Address signer)
    {
        // Some write the parity of y where the precompile is asked with 27 or 28.
        ulong v = signature[^1] < LegacyV ? signature[^1] + LegacyV : signature[^1];
        var key = KeyOf(v, signature);
        Address account = signer;
        ImmutableInterlocked.Update(ref _signatures, signatures => signatures.SetItem(key, account));
    }

    /// <summary>Whose a signature is said to be.</summary>
    /// <param name="v">Its v, 27 or 28.</param>
    /// <param name="rs">Its r and s, 64 bytes.</param>
    /// <param name="signer">The account.</param>
    internal bool TryRecover(ulong v, ReadOnlySpan<byte> rs, out Address signer) =>
        Volatile.Read(ref _signatures).TryGetValue(KeyOf(v, rs), out signer);

    private static (UInt256 R, UInt256 S, ulong V) KeyOf(ulong v, ReadOnlySpan<byte> rs) => (
        UInt256.FromBigEndian(rs[..UInt256.Size]),
        UInt256.FromBigEndian(rs[UInt256.Size..(2 * UInt256.Size)]),
        v);

    /// <summary>Takes them as at the start.</summary>
    internal void Clear()
    {
        _includesAll = _begins;
        Volatile.Write(ref _accounts, []);
        Volatile.Write(ref _signatures, ImmutableDictionary<(UInt256 R, UInt256 S, ulong V), Address>.Empty);
    }
}
