using Koinon.Evm.Forks;
using Koinon.Evm.Frames;
using Koinon.Evm.Journal;
using Koinon.Primitives;

namespace Koinon.Evm.Instructions;

/// <summary>Instructions on accounts other than storage. Gas as in <see cref="StorageInstructions"/>.</summary>
internal static unsafe class AccountInstructions
{
    internal static long Balance(Machine machine, UInt256* sp, long gas)
    {
        gas = Access(machine, *sp, gas, out int account);
        *sp = machine.State[account].Balance;
        return gas;
    }

    internal static long ExtCodeSize(Machine machine, UInt256* sp, long gas)
    {
        gas = Access(machine, *sp, gas, out int account);
        *sp = gas < 0 ? UInt256.Zero : (ulong)machine.State.CodeOf(account).Length;
        return machine.State.IsUnavailable ? machine.Fail(HaltReason.StateUnavailable) : gas;
    }

    internal static long ExtCodeHash(Machine machine, UInt256* sp, long gas)
    {
        gas = Access(machine, *sp, gas, out int index);
        ref AccountRecord account = ref machine.State[index];
        *sp = account.Exists && !account.IsEmpty ? account.CodeHash.ToWord() : UInt256.Zero;
        return gas;
    }

    internal static long ExtCodeCopy(Machine machine, UInt256* sp, long gas)
    {
        gas = Access(machine, *sp, gas, out int account);
        if (gas < 0)
        {
            return gas;
        }

        gas = MemoryInstructions.Copy(machine, sp - 1, gas, machine.State.CodeOf(account).Span);
        return machine.State.IsUnavailable ? machine.Fail(HaltReason.StateUnavailable) : gas;
    }

    internal static long SelfDestruct(Machine machine, UInt256* sp, long gas)
    {
        Frame frame = machine.Frame;
        JournaledState state = machine.State;
        Fork fork = machine.Fork;
        if (frame.IsStatic)
        {
            return machine.Fail(HaltReason.StaticViolation);
        }

        int beneficiary = state.Intern(Address.FromWord(*sp));
        UInt256 balance = state[frame.Account].Balance;
        long cost = fork.HasColdAccess && state.Warm(beneficiary) ? fork.Gas.SelfDestructColdAccount : 0;
        ref AccountRecord heir = ref state[beneficiary];
        bool bringsIntoBeing = fork.EmptyAccounts == EmptyAccountRule.Removed
            ? !balance.IsZero && (!heir.Exists || heir.IsEmpty)
            : !heir.Exists;
        cost += bringsIntoBeing ? fork.Gas.SelfDestructNewAccount : 0;
        gas = machine.Charge(gas, cost);
        if (gas < 0 || state.IsUnavailable)
        {
            return state.IsUnavailable ? machine.Fail(HaltReason.StateUnavailable) : gas;
        }

        Destruct(state, fork, frame.Account, beneficiary, balance);
        return gas;
    }

    private static void Destruct(JournaledState state, Fork fork, int account, int beneficiary, in UInt256 balance)
    {
        AccountFlags flags = state[account].Flags;
        bool deletes = fork.SelfDestruct == SelfDestructRule.Always || (flags & AccountFlags.Created) != 0;
        if (deletes && (flags & AccountFlags.Destructed) == 0)
        {
            state.Refund += fork.Gas.SelfDestructRefund;
        }

        // What an account leaves to itself is lost with it, or stays where it is.
        if (account != beneficiary)
        {
            state.SubtractBalance(account, balance);
            state.AddBalance(beneficiary, balance);
        }
        else if (deletes)
        {
            state.SetBalance(account, UInt256.Zero);
        }

        if (deletes)
        {
            state.SetFlags(account, state[account].Flags | AccountFlags.Destructed);
        }
    }

    // Names an account, charging for a first touch (EIP-2929).
    private static long Access(Machine machine, in UInt256 word, long gas, out int account)
    {
        account = machine.State.Intern(Address.FromWord(word));
        if (machine.Fork.HasColdAccess && machine.State.Warm(account))
        {
            gas = machine.Charge(gas, machine.Fork.Gas.ColdAccountSurcharge);
        }

        return machine.State.IsUnavailable ? machine.Fail(HaltReason.StateUnavailable) : gas;
    }
}
