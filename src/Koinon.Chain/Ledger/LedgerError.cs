namespace Koinon.Chain.Ledger;

/// <summary>Why a store cannot be opened as a ledger, or read as one.</summary>
public enum LedgerError
{
    /// <summary>The store holds another chain.</summary>
    GenesisDiffers,

    /// <summary>The store was written in a form that this program does not know.</summary>
    SchemaUnknown,

    /// <summary>What was read cannot be what was written.</summary>
    Damaged,
}
