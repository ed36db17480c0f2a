/** Node and credential types: a package loaded as n8n loads it, and a few of n8n's own nodes. */
import { PackageDirectoryLoader, UnrecognizedCredentialTypeError } from 'n8n-core';
import { UnrecognizedNodeTypeError } from 'n8n-core';
import { injectDomainRestrictionFields, NodeHelpers } from 'n8n-workflow';
import type { ICredentialType, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { baseNodes } from './baseNodes.cts';
import './instance.cts';

/** The node and credential types that workflows can use. */
export class Packages implements INodeTypes {
	/** The nodes of n8n-nodes-base by name: here the real HTTP Request node can be put in. */
	readonly baseNodes: Record<string, INodeType | IVersionedNodeType> = { ...baseNodes };

	constructor(private readonly loaders: PackageDirectoryLoader[]) {}

	getByName(nodeType: string): INodeType | IVersionedNodeType {
		const [packageName = '', name = ''] = nodeType.split('.');
		const baseNode = packageName === 'n8n-nodes-base' && this.baseNodes[name];
		if (baseNode) return baseNode;
		const loader = this.loaders.find((candidate) => candidate.packageName === packageName);
		if (!loader) throw new UnrecognizedNodeTypeError(packageName, name);
		return loader.getNode(name).type;
	}

	getByNameAndVersion(nodeType: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(nodeType), version);
	}

	getKnownTypes() {
		return {};
	}

	/** The credential type of this name. */
	getCredentialType(name: string): ICredentialType {
		return this.loaderOfCredential(name).getCredential(name).type;
	}

	/** The full names of the nodes that ask for this credential type. */
	getSupportedNodes(name: string): string[] {
		const { known, packageName } = this.loaderOfCredential(name);
		const nodes = known.credentials[name]?.supportedNodes ?? [];
		return nodes.map((node) => `${packageName}.${node}`);
	}

	private loaderOfCredential(name: string): PackageDirectoryLoader {
		const loader = this.loaders.find((candidate) => name in candidate.known.credentials);
		if (!loader) throw new UnrecognizedCredentialTypeError(name);
		return loader;
	}
}

/** Loads package folders (built, each with a package.json) with n8n's own loader. */
export async function loadPackage(...folders: string[]): Promise<Packages> {
	const loaders = folders.map((folder) => new PackageDirectoryLoader(folder));
	for (const loader of loaders) {
		await loader.loadAll();
		for (const name of Object.keys(loader.known.credentials)) {
			// The server lets users restrict every credential to certain domains.
			const { type } = loader.getCredential(name);
			type.properties = injectDomainRestrictionFields(type);
		}
	}
	return new Packages(loaders);
}
