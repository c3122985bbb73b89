namespace Koinon.Evm.Forks;

/// <summary>February 2019: Constantinople without EIP-1283 (EIP-1716).</summary>
internal static class Petersburg
{
    internal static Fork From(Fork parent) => parent with
    {
        Name = "ConstantinopleFix",
        Gas = parent.Gas with { StorageDirty = 0 },
        StorageGas = StorageGasRule.Gross,
    };
}
