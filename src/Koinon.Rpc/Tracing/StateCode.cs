using Koinon.Evm.Instructions;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Rpc.Tracing;

/// <summary>Reads code from the state before a run.</summary>
internal static class StateCode
{
    /// <summary>The code of an account; none where there is no account.</summary>
    public static ReadOnlyMemory<byte> Of(IStateView state, in Address address) =>
        state.ReadAccount(address, out Account account) == ReadStatus.Found && account.HasCode
        && state.ReadCode(account.CodeHash, out ReadOnlyMemory<byte> code) == ReadStatus.Found
            ? code
            : default;

    /// <summary>Code that a run has brought, or that was there before.</summary>
    public static ReadOnlyMemory<byte> Of(IStateView state, StateChanges changes, in Hash256 codeHash)
    {
        if (codeHash == Account.NoCode || changes.Codes.TryGetValue(codeHash, out ReadOnlyMemory<byte> code))
        {
            return codeHash == Account.NoCode ? default : changes.Codes[codeHash];
        }

        state.ReadCode(codeHash, out code);
        return code;
    }

    /// <summary>The account that an account's code points at, if it points at one (EIP-7702).</summary>
    public static Address? DelegateOf(TraceTarget target, in Address address)
    {
        ReadOnlyMemory<byte> code = Of(target.State, address);
        return target.Fork.HasDelegations && Delegation.Is(code.Span) ? Delegation.TargetOf(code.Span) : null;
    }
}
