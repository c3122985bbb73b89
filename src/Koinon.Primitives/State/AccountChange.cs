namespace Koinon.Primitives.State;

/// <summary>What became of one account.</summary>
public sealed class AccountChange
{
    /// <summary>The account as it now is; <see langword="null"/> where it no longer exists.</summary>
    public Account? Account { get; set; }

    /// <summary>
    /// Whether every slot that the account had was set to zero before <see cref="Slots"/> were written.
    /// </summary>
    public bool StorageWiped { get; set; }

    /// <summary>The slots that changed and what they hold now; zero means that the slot is gone.</summary>
    public Dictionary<UInt256, UInt256> Slots { get; } = [];
}
