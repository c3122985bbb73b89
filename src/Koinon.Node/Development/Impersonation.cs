using System.Collections.Immutable;
using Koinon.Primitives;
using Koinon.Rpc.Development.Impersonation;

namespace Koinon.Node.Development;

/// <summary>Whose transactions a development chain takes without a signature.</summary>
/// <param name="includesAll">Whether that is everybody, at the start and again after a reset.</param>
public sealed class Impersonation(bool includesAll) : IImpersonation
{
    private readonly bool _begins = includesAll;
    private ImmutableList<Address> _accounts = [];
    private volatile bool _includesAll = includesAll;

    /// <summary>The accounts that were named, in their order.</summary>
    public IReadOnlyList<Address> Accounts => Volatile.Read(ref _accounts);

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

    /// <summary>Takes them as at the start.</summary>
    internal void Clear()
    {
        _includesAll = _begins;
        Volatile.Write(ref _accounts, []);
    }
}
