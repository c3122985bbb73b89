using Koinon.Evm.Precompiles;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Execution;

/// <summary>
/// What the overrides of accounts come to: changes of the state, and precompiles that stand elsewhere.
/// </summary>
/// <param name="Changes">The changes.</param>
/// <param name="Precompiles">The precompiles.</param>
internal sealed record OverriddenState(StateChanges Changes, PrecompileSet Precompiles)
{
    private const int SelfReference = -38022;

    /// <summary>Works overrides out on a state.</summary>
    /// <param name="overrides">What is to differ.</param>
    /// <param name="precompiles">The precompiles of the fork.</param>
    /// <param name="read">Reads an account of the state; an error where that cannot be done.</param>
    /// <remarks>The rules are geth's: an override of a precompile's account makes it an account like others.</remarks>
    public static async ValueTask<RpcResult<OverriddenState>> OfAsync(
        IReadOnlyList<StateOverride> overrides,
        PrecompileSet precompiles,
        Func<Address, ValueTask<RpcResult<Account?>>> read)
    {
        StateChanges changes = new();
        if (Move(overrides, precompiles, out PrecompileSet moved) is { } error)
        {
            return error;
        }

        foreach (StateOverride each in overrides)
        {
            bool changesNothing = each.Nonce is null && each.Balance is null && each.Code is null
                && each.State is null && each.StateDifference is null;
            if (changesNothing)
            {
                continue;
            }

            RpcResult<Account?> account = await read(each.Address).ConfigureAwait(false);
            if (account.Error is not null)
            {
                return account.Error;
            }

            Change(each, account.Value ?? Account.Empty, changes);
        }

        return new OverriddenState(changes, moved);
    }

    private static RpcError? Move(
        IReadOnlyList<StateOverride> overrides, PrecompileSet precompiles, out PrecompileSet moved)
    {
        moved = precompiles;
        foreach (StateOverride each in overrides)
        {
            bool isPrecompile = precompiles.TryGet(each.Address, out Precompile? precompile);
            if (isPrecompile)
            {
                moved = moved.Without(each.Address);
            }

            if (each.MovePrecompileTo is not { } destination)
            {
                continue;
            }

            if (!isPrecompile)
            {
                return RpcError.Server($"account {each.Address} is not a precompile");
            }

            if (destination == each.Address)
            {
                return new RpcError(SelfReference, $"precompile {each.Address} is moved to its own address");
            }

            if (overrides.Any(other => other.Address == destination))
            {
                return RpcError.Server($"account {destination} is already overridden");
            }

            moved = moved.WithAt(destination, precompile!);
        }

        return null;
    }

    private static void Change(StateOverride each, Account account, StateChanges changes)
    {
        AccountChange change = changes.Of(each.Address);
        if (each.Code is { } code)
        {
            Hash256 codeHash = Hash256.Keccak(code.Span);
            account = account with { CodeHash = codeHash };
            changes.Codes[codeHash] = code;
        }

        change.Account = account with
        {
            Nonce = each.Nonce ?? account.Nonce,
            Balance = each.Balance ?? account.Balance,
        };
        change.StorageWiped = each.State is not null;
        foreach ((UInt256 slot, UInt256 value) in each.State ?? each.StateDifference ?? EmptySlots)
        {
            change.Slots[slot] = value;
        }
    }

    private static readonly Dictionary<UInt256, UInt256> EmptySlots = [];
}
