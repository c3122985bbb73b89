using Koinon.Evm.Forks;
using Koinon.Evm.Frames;
using Koinon.Evm.Journal;
using Koinon.Primitives;

namespace Koinon.Evm.Instructions;

/// <summary>Instructions on storage. Each takes the stack's top and the gas, and gives the gas back: negative ends the
/// frame.</summary>
internal static unsafe class StorageInstructions
{
    /// <summary>Reads a slot in place of its key (EIP-2929).</summary>
    internal static long SLoad(Machine machine, UInt256* sp, long gas)
    {
        ref SlotRecord slot = ref machine.State.Slot(machine.Frame.Account, *sp, out int index);
        *sp = slot.Current;
        if (!slot.IsWarm && machine.Fork.HasColdAccess)
        {
            machine.State.WarmSlot(index);
            gas = machine.Charge(gas, machine.Fork.Gas.ColdSlotSurcharge);
        }

        return machine.State.IsUnavailable ? machine.Fail(HaltReason.StateUnavailable) : gas;
    }

    /// <summary>Writes a slot. It is the last of its block: the gas is exact (EIP-2200's sentry).</summary>
    internal static long SStore(Machine machine, UInt256* sp, long gas)
    {
        Frame frame = machine.Frame;
        JournaledState state = machine.State;
        GasSchedule prices = machine.Fork.Gas;
        if (frame.IsStatic)
        {
            return machine.Fail(HaltReason.StaticViolation);
        }

        if (prices.StorageSentry != 0 && gas + machine.GasReserve <= prices.StorageSentry)
        {
            return machine.Fail(HaltReason.OutOfGas);
        }

        UInt256 value = sp[-1];
        ref SlotRecord slot = ref state.Slot(frame.Account, *sp, out int index);
        long cost = 0;
        if (!slot.IsWarm && machine.Fork.HasColdAccess)
        {
            // The surcharge is what a cold read costs above a warm one; a cold write costs the whole cold read
            // (EIP-2929).
            cost = prices.ColdSlotSurcharge + prices.WarmAccess;
            state.WarmSlot(index);
        }

        cost += machine.Fork.StorageGas == StorageGasRule.Net
            ? NetCost(prices, state, slot, value)
            : GrossCost(prices, state, slot, value);
        gas = machine.Charge(gas, cost);
        if (gas < 0)
        {
            return gas;
        }

        if (state.IsUnavailable)
        {
            return machine.Fail(HaltReason.StateUnavailable);
        }

        if (slot.Current != value)
        {
            state.SetSlot(index, value);
        }

        return gas;
    }

    /// <summary>Writes a transient slot (EIP-1153).</summary>
    internal static long TStore(Machine machine, UInt256* sp, long gas)
    {
        if (machine.Frame.IsStatic)
        {
            return machine.Fail(HaltReason.StaticViolation);
        }

        machine.State.WriteTransient(machine.Frame.Account, *sp, sp[-1]);
        return gas;
    }

    private static long GrossCost(GasSchedule prices, JournaledState state, in SlotRecord slot, in UInt256 value)
    {
        if (!slot.Current.IsZero && value.IsZero)
        {
            state.Refund += prices.StorageClearRefund;
        }

        return slot.Current.IsZero && !value.IsZero ? prices.StorageSet : prices.StorageReset;
    }

    // EIP-1283 and EIP-2200, with the prices and refunds of EIP-2929 and EIP-3529.
    private static long NetCost(GasSchedule prices, JournaledState state, in SlotRecord slot, in UInt256 value)
    {
        if (slot.Current == value)
        {
            return prices.StorageDirty;
        }

        if (slot.Current == slot.Original)
        {
            if (slot.Original.IsZero)
            {
                return prices.StorageSet;
            }

            if (value.IsZero)
            {
                state.Refund += prices.StorageClearRefund;
            }

            return prices.StorageReset;
        }

        if (!slot.Original.IsZero)
        {
            if (slot.Current.IsZero)
            {
                state.Refund -= prices.StorageClearRefund;
            }
            else if (value.IsZero)
            {
                state.Refund += prices.StorageClearRefund;
            }
        }

        if (slot.Original == value)
        {
            state.Refund += (slot.Original.IsZero ? prices.StorageSet : prices.StorageReset) - prices.StorageDirty;
        }

        return prices.StorageDirty;
    }
}
