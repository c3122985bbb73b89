using Koinon.Evm.Forks;
using Koinon.Primitives.State;
using Koinon.State;

namespace Koinon.Chain;

/// <summary>The state inside a block: its parent's, with the changes of the block so far on top.</summary>
/// <remarks>One owner, one thread. The trie is touched only by <see cref="Commit"/>.</remarks>
/// <param name="parent">The state of the parent.</param>
/// <param name="watched">The same state, read through this until the first commit; else it is read itself.</param>
internal sealed class BlockState(WorldState parent, IStateView? watched = null)
{
    private WorldState _base = parent;
    private OverlayView _overlay = new(watched ?? parent);
    private StateChanges? _committed;

    /// <summary>The state as it stands; valid until the next <see cref="Commit"/>.</summary>
    public IStateView View => _overlay;

    /// <summary>All that changed up to the last <see cref="Commit"/>.</summary>
    public StateChanges Committed => _committed ??= new StateChanges();

    /// <summary>Puts the changes of a transaction or of a system call on top.</summary>
    public void Apply(StateChanges changes) => _overlay.Apply(changes);

    /// <summary>Adds to a balance.</summary>
    /// <param name="credit">To whom and how much.</param>
    /// <param name="emptyAccounts">What becomes of the account if it is empty then.</param>
    /// <returns><see langword="false"/> where the account is not known here; nothing is credited then.</returns>
    public bool TryCredit(in BalanceCredit credit, EmptyAccountRule emptyAccounts)
    {
        ReadStatus status = _overlay.ReadAccount(credit.Address, out Account account);
        bool exists = status == ReadStatus.Found;
        if (status == ReadStatus.Unavailable)
        {
            return false;
        }

        // Only a genesis can bring balances near 2²⁵⁶; there wei wrap as in every other client.
        account = exists ? account : Account.Empty;
        account = account with { Balance = unchecked(account.Balance + credit.Amount) };
        bool disappears = account.IsEmpty && emptyAccounts == EmptyAccountRule.Removed;
        if (exists || !disappears)
        {
            StateChanges changes = new();
            changes.Of(credit.Address).Account = disappears ? null : account;
            changes.Of(credit.Address).StorageWiped = disappears;
            _overlay.Apply(changes);
        }

        return true;
    }

    /// <summary>Works the changes into the trie; later reads and changes stand on the result.</summary>
    public WorldState Commit()
    {
        if (_overlay.Changes.Accounts.Count > 0)
        {
            _base = _base.Apply(_overlay.Changes);
            if (_committed is null)
            {
                _committed = _overlay.Changes;
            }
            else
            {
                _committed.Append(_overlay.Changes);
            }

            _overlay = new OverlayView(_base);
        }

        return _base;
    }
}
