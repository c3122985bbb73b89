using Koinon.Primitives;

namespace Koinon.State.Stored;

/// <summary>Accounts and slots as they were.</summary>
internal interface IFormerState
{
    /// <summary>Reads an account.</summary>
    /// <returns>Whether anything stood of it.</returns>
    bool TryReadAccount(in Hash256 account, out StoredAccount stored);

    /// <summary>Reads a slot.</summary>
    /// <returns>Whether anything stood of it, be it zero.</returns>
    bool TryReadSlot(in Hash256 account, in Hash256 slot, out UInt256 value);
}
