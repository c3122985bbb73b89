// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Vault} from "../src/Vault.sol";

interface Cheats {
    function startBroadcast() external;
    function stopBroadcast() external;
}

/// Deploys the vault and pays into it: what `forge script --broadcast` sends is two transactions.
contract Deploy {
    Cheats private constant cheats = Cheats(address(uint160(uint256(keccak256("hevm cheat code")))));

    function run() external returns (Vault vault) {
        cheats.startBroadcast();
        vault = new Vault{value: 1000}("forge");
        vault.deposit{value: 5}("by forge");
        cheats.stopBroadcast();
    }
}
